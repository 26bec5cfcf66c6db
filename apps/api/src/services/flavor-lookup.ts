import { type FlavorSnapshot, fail, hasCode } from "@ferry/core";
import type { Store, StoredFlavor } from "@ferry/store";
import { type Caller, isAdmin } from "../caller.ts";

/** The flavor of that id; one that the caller's project may not use does not exist for it, except for administrators. Throws FLAVOR_NOT_FOUND. */
export async function usableFlavor(store: Store, id: string, caller: Caller): Promise<StoredFlavor> {
  const flavor = await store.flavors.find(id, isAdmin(caller) ? null : (caller.projectId ?? ""));
  if (flavor === null) throw fail("FLAVOR_NOT_FOUND", { id });
  return flavor;
}

/** The flavor that a server is to have. Throws VALIDATION_FAILED for one that the project may not use, or with disks that ferry does not make. */
export async function namedFlavor(store: Store, id: string, caller: Caller): Promise<StoredFlavor> {
  const flavor = await usableFlavor(store, id, caller).catch((error: unknown) => {
    if (!hasCode(error, "FLAVOR_NOT_FOUND")) throw error;
    throw fail("VALIDATION_FAILED", { sentence: `Flavor ${id} could not be found.` }, error);
  });
  refuseMoreDisks(flavor);
  return flavor;
}

function refuseMoreDisks({ id, swapMiB, ephemeralGiB }: StoredFlavor): void {
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
