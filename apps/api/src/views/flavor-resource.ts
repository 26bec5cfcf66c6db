import type { StoredFlavor } from "@ferry/store";
import { resourceLinks } from "../urls.ts";

/** The short form of lists. */
export const flavorSummary = ({ id, name, description }: StoredFlavor, minor: number, base: string) => ({
  id,
  name,
  links: resourceLinks(base, `/flavors/${encodeURIComponent(id)}`),
  ...(minor >= 55 ? { description } : {}),
});

/** A flavor as it is shown at the microversion. */
export const flavorResource = (flavor: StoredFlavor, minor: number, base: string) => ({
  ...flavorSummary(flavor, minor, base),
  ram: flavor.memoryMiB,
  disk: flavor.rootGiB,
  vcpus: flavor.vcpus,
  swap: minor >= 75 ? 0 : "",
  "OS-FLV-EXT-DATA:ephemeral": 0,
  "OS-FLV-DISABLED:disabled": false,
  "os-flavor-access:is_public": flavor.isPublic,
  rxtx_factor: 1,
  ...(minor >= 61 ? { extra_specs: flavor.extraSpecs } : {}),
});
