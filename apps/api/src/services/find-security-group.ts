import { fail, isUuid, type StoredSecurityGroup } from "@ferry/core";
import type { Store } from "@ferry/store";
import { type Caller, reaches } from "../caller.ts";

/** The group, if the caller reaches its project. Throws SECURITY_GROUP_NOT_FOUND. */
export async function reachableGroup(store: Store, id: string, caller: Caller): Promise<StoredSecurityGroup> {
  const group = isUuid(id) ? await store.securityGroups.find(id) : null;
  if (group === null || !reaches(caller, group.projectId)) throw fail("SECURITY_GROUP_NOT_FOUND", { id });
  return group;
}

/** The project's group of that name or, as in Nova, of that id. Throws SECURITY_GROUP_NOT_FOUND. */
export async function groupOfProject(store: Store, projectId: string, nameOrId: string): Promise<StoredSecurityGroup> {
  const named = await store.securityGroups.findByName(projectId, nameOrId);
  const group = named ?? (isUuid(nameOrId) ? await store.securityGroups.find(nameOrId) : null);
  if (group === null || group.projectId !== projectId) throw fail("SECURITY_GROUP_NOT_FOUND", { id: nameOrId });
  return group;
}
