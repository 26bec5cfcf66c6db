import { type FlavorSnapshot, fail } from "@ferry/core";
import type { Store, StoredFlavor } from "@ferry/store";
import { type Caller, isAdmin } from "../caller.ts";

/** The flavor of that id; one that the caller's project may not use does not exist for it, except for administrators. Throws FLAVOR_NOT_FOUND. */
export async function usableFlavor(store: Store, id: string, caller: Caller): Promise<StoredFlavor> {
  const flavor = await store.flavors.find(id, isAdmin(caller) ? null : (caller.projectId ?? ""));
  if (flavor === null) throw fail("FLAVOR_NOT_FOUND", { id });
  return flavor;
}

/** Throws VALIDATION_FAILED for a flavor with disks that ferry does not make. */
export function refuseMoreDisks({ id, swapMiB, ephemeralGiB }: StoredFlavor): void {
  if (swapMiB === 0 && ephemeralGiB === 0) return;
  const sentence = `Flavor ${id} has a swap disk or an ephemeral disk, which are not made here. Choose a flavor with neither, and attach a volume instead.`;
  throw fail("VALIDATION_FAILED", { sentence });
}

/** The flavor as a server keeps it. */
export const flavorSnapshot = ({ id, number, name, memoryMiB, vcpus, rootGiB, extraSpecs }: StoredFlavor): FlavorSnapshot => ({
  id,
  number,
  name,
  memoryMiB,
  vcpus,
  rootGiB,
  extraSpecs,
});
