import { type GuestInterface, type NetworkMap, type NetworkPlace, networkKey, networkPlaceTypes, parseNetworkKey } from "@ferry/core";

export interface NetworkMaps {
  readonly source: NetworkMap;
  readonly destination: NetworkMap;
}

/** What a card is plugged into, or null for one that needs nothing of its host. */
export function placeOf({ type, source }: GuestInterface): NetworkPlace | null {
  const known = networkPlaceTypes.find((one) => one === type);
  return known === undefined || source === null ? null : { type: known, source };
}

/**
 * What the network is called at the destination. The destination's map decides; a name that the source's map made out of another is taken back
 * first, so that a guest returns to the network that it came from. More than one place: the source's map made the name out of several.
 */
export function mapNetwork(place: NetworkPlace, { source, destination }: NetworkMaps): NetworkPlace[] {
  const key = networkKey(place);
  const origins = Object.keys(source).filter((one) => source[one] === key);
  const names = lookUp(destination, key) ?? (origins.length === 0 ? [key] : origins.flatMap((one) => lookUp(destination, one) ?? [one]));
  return [...new Set(names)].flatMap((name) => parseNetworkKey(name) ?? []);
}

function lookUp(map: NetworkMap, key: string): string[] | null {
  const name = Object.hasOwn(map, key) ? map[key] : undefined;
  return name === undefined ? null : [name];
}
