/** What a network card can be plugged into on a host, by the type of its interface. */
export const networkPlaceTypes = ["bridge", "network", "direct"] as const;

/** A bridge, a libvirt network, or (`direct`) a host device under macvtap. */
export interface NetworkPlace {
  readonly type: (typeof networkPlaceTypes)[number];
  readonly source: string;
}

/**
 * How networks are called on one host that have other names elsewhere: the name elsewhere -> the name there, each as `type:name`
 * (`bridge:br0` -> `bridge:br-tenant`), of one type. A network that is not in the map has the same name everywhere.
 */
export type NetworkMap = Readonly<Record<string, string>>;

export const networkKey = ({ type, source }: NetworkPlace): string => `${type}:${source}`;

/** Reads `bridge:br0`; null when it is no such key. */
export function parseNetworkKey(key: string): NetworkPlace | null {
  const [, word, source] = /^([a-z]+):(.+)$/.exec(key) ?? [];
  const type = networkPlaceTypes.find((one) => one === word);
  return type === undefined || source === undefined ? null : { type, source };
}
