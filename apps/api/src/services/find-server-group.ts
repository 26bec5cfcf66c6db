import { fail, isUuid } from "@ferry/core";
import type { Store, StoredServerGroup } from "@ferry/store";
import { type Caller, reaches } from "../caller.ts";

/** The group, if the caller reaches its project. Throws SERVER_GROUP_NOT_FOUND. */
export async function reachableServerGroup(store: Store, id: string, caller: Caller): Promise<StoredServerGroup> {
  const group = isUuid(id) ? await store.serverGroups.find(id) : null;
  if (group === null || !reaches(caller, group.projectId)) throw fail("SERVER_GROUP_NOT_FOUND", { id });
  return group;
}
