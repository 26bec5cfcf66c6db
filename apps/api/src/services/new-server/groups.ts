import { defaultGroupName, fail, hasCode } from "@ferry/core";
import type { Store } from "@ferry/store";
import { groupOfProject } from "../find-security-group.ts";
import type { NewServerBody } from "./body.ts";

/** As in Nova a server that names no group is in the project's `default`; ferry leaves that out where nothing could guard it. */
export function groupNamesOf(asked: NonNullable<NewServerBody["security_groups"]>, guardable: boolean): string[] {
  if (asked.length === 0) return guardable ? [defaultGroupName] : [];
  return [...new Set(asked.map(({ name }) => name))];
}

/** Ids of the project's groups of these names. Throws VALIDATION_FAILED. */
export async function groupIdsOf(store: Store, projectId: string, names: readonly string[]): Promise<string[]> {
  if (names.length > 0) await store.securityGroups.ensureDefault(projectId);
  const found = await Promise.all(names.map((name) => groupNamed(store, projectId, name)));
  return [...new Set(found)];
}

async function groupNamed(store: Store, projectId: string, name: string): Promise<string> {
  try {
    return (await groupOfProject(store, projectId, name)).id;
  } catch (error) {
    if (!hasCode(error, "SECURITY_GROUP_NOT_FOUND")) throw error;
    throw fail("VALIDATION_FAILED", { sentence: `Security group ${name} not found for project ${projectId}.` }, error);
  }
}
