import { GIB, type HostId, isFerryError, type ServerId, type Storage } from "@ferry/core";
import type { Worker } from "../dependencies.ts";

type Needs = { readonly store: Pick<Worker["store"], "rootSizes">; readonly hosts: Pick<Worker["hosts"], "host"> };

/** Enters how large the root disks of newly adopted servers are. One of which the host does not tell it now is asked for again at its next full look. */
export async function learnRootSizes(hostId: HostId, { store, hosts }: Needs): Promise<void> {
  const unknown = await store.rootSizes.unknown(hostId);
  if (unknown.length === 0) return;
  const { storage } = await hosts.host(hostId);
  const sizes = await Promise.all(unknown.map(async ({ id, target }) => ({ id, gib: await gibOf(storage, id, target) })));
  await store.rootSizes.learn(sizes.filter(({ gib }) => gib > 0));
}

/** Rounded up; 0 when the host does not tell. */
async function gibOf(storage: Pick<Storage, "diskSize">, id: ServerId, target: string): Promise<number> {
  try {
    return Math.ceil((await storage.diskSize(id, target)).capacityBytes / GIB);
  } catch (error) {
    if (isFerryError(error)) return 0;
    throw error;
  }
}
