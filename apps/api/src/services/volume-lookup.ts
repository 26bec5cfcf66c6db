import { fail, isUuid } from "@ferry/core";
import type { Store, VolumeRow } from "@ferry/store";
import { type Caller, reaches } from "../caller.ts";

/** The volume in the caller's reach. Throws VOLUME_NOT_FOUND, also for one of another project. */
export async function volumeInReach(store: Store, id: string, caller: Caller): Promise<VolumeRow> {
  const volume = isUuid(id) ? await store.volumes.find(id) : null;
  if (volume === null || !reaches(caller, volume.projectId)) throw fail("VOLUME_NOT_FOUND", { id });
  return volume;
}
