import type { StoredFlavor } from "@ferry/store";
import { resourceLinks } from "../urls.ts";

/** The short form of lists. */
export const flavorSummary = ({ id, name, description }: StoredFlavor, minor: number, base: string) => ({
  id,
  name,
  links: resourceLinks(base, `/flavors/${encodeURIComponent(id)}`),
  ...(minor >= 55 ? { description } : {}),
});

/** A flavor as it is shown at the microversion. Nothing in Nova's API disables a flavor. */
export const flavorResource = (flavor: StoredFlavor, minor: number, base: string) => ({
  ...flavorSummary(flavor, minor, base),
  ram: flavor.memoryMiB,
  disk: flavor.rootGiB,
  vcpus: flavor.vcpus,
  swap: flavor.swapMiB === 0 && minor < 75 ? "" : flavor.swapMiB,
  "OS-FLV-EXT-DATA:ephemeral": flavor.ephemeralGiB,
  "OS-FLV-DISABLED:disabled": false,
  "os-flavor-access:is_public": flavor.isPublic,
  rxtx_factor: flavor.rxtxFactor,
  ...(minor >= 61 ? { extra_specs: flavor.extraSpecs } : {}),
});

/** The projects that may use a flavor, as Nova lists them. */
export const flavorAccessView = (id: string, projects: readonly string[]) => ({
  flavor_access: projects.map((project) => ({ flavor_id: id, tenant_id: project })),
});
