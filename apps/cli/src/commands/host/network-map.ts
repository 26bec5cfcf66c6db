import { type NetworkMap, networkKey, networkPlaceTypes, parseNetworkKey } from "@ferry/core";
import { InvalidArgumentError } from "commander";

/** Entries of a host's network map to set; null takes one out. */
export type MapChanges = Readonly<Record<string, string | null>>;

const forms = "Must be ELSEWHERE=HERE, as br0=br-tenant, network:lan=network:lab or direct:eth0=direct:eth1.";
const typed = new RegExp(`^(${networkPlaceTypes.join("|")}):`);

/** A name without a type is a bridge's. */
function keyOf(text: string, type = "bridge"): string {
  const place = parseNetworkKey(typed.test(text) ? text : `${type}:${text}`);
  if (place === null) throw new InvalidArgumentError(forms);
  return networkKey(place);
}

/** Collects `--map br0=br1`: what is called br0 elsewhere is br1 here. A type given on the left holds for the right as well. */
export function mapValue(text: string, before: NetworkMap = {}): NetworkMap {
  const [elsewhere, here, ...rest] = text.split("=");
  if (!elsewhere || !here || rest.length > 0) throw new InvalidArgumentError(forms);
  const key = keyOf(elsewhere);
  return { ...before, [key]: keyOf(here, parseNetworkKey(key)?.type) };
}

/** Collects `--unmap br0`. */
export const unmapValue = (text: string, before: MapChanges = {}): MapChanges => ({ ...before, [keyOf(text)]: null });
