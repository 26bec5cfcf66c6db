/** What a project may have of each resource; -1: as much as it wants. `ram` is in MiB. Names are Nova's. */
export interface QuotaLimits {
  readonly instances: number;
  readonly cores: number;
  readonly ram: number;
  /** Keys of the metadata of one server. */
  readonly metadata_items: number;
  /** Of one user. */
  readonly key_pairs: number;
  readonly server_groups: number;
  /** Of one group. */
  readonly server_group_members: number;
}
export type QuotaResource = keyof QuotaLimits;

/**
 * What holds until an operator says otherwise. The last four are Nova's; of servers there is no limit, because hosts come with guests that were there
 * before ferry, and they belong to a project without having asked.
 */
export const defaultQuotas: QuotaLimits = {
  instances: -1,
  cores: -1,
  ram: -1,
  metadata_items: 128,
  key_pairs: 100,
  server_groups: 10,
  server_group_members: 10,
};

export const quotaResources = Object.keys(defaultQuotas) as readonly QuotaResource[];

/** What all servers of a project take together, or what a request adds to it. */
export interface ServerAmounts {
  readonly instances: number;
  readonly cores: number;
  /** MiB. */
  readonly ram: number;
}

export interface QuotaExcess {
  readonly resource: keyof ServerAmounts;
  readonly asked: number;
  readonly used: number;
  readonly limit: number;
}

const amounts = ["instances", "cores", "ram"] as const;

/** Pure: the first limit that the request would break; null: none. A request that takes no more of something never breaks its limit. */
export function quotaExcess(limits: ServerAmounts, used: ServerAmounts, asked: ServerAmounts): QuotaExcess | null {
  const broken = amounts.find((one) => limits[one] >= 0 && asked[one] > 0 && used[one] + asked[one] > limits[one]);
  return broken === undefined ? null : { resource: broken, asked: asked[broken], used: used[broken], limit: limits[broken] };
}

/** Pure: whether there may be one more of something of which there are `used`. */
export const quotaAllows = (limit: number, used: number): boolean => limit < 0 || used < limit;
