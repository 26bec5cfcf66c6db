import type { HostId, PoolFacts } from "@ferry/core";

/** A pool of a host, as it was seen last. */
export interface HostedPool {
  readonly host: { readonly id: HostId; readonly name: string };
  readonly pool: PoolFacts;
}

export const poolView = ({ host, pool }: HostedPool): Record<string, unknown> => ({
  host_id: host.id,
  host: host.name,
  name: pool.name,
  kind: pool.type,
  active: pool.active,
  path: pool.path,
  capacity_bytes: pool.capacityBytes,
  available_bytes: pool.availableBytes,
});
