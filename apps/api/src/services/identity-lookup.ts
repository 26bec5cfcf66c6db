import { fail } from "@ferry/core";
import { type Role, roles, type Store } from "@ferry/store";
import type { Caller } from "../caller.ts";
import { enforce, type Rule } from "../policy.ts";
import { roleId } from "../views/token.ts";

/** What is there, or IDENTITY_NOT_FOUND. */
export function known<T>(found: T | null | undefined | false, kind: string, id: string): T {
  if (found === null || found === undefined || found === false) throw fail("IDENTITY_NOT_FOUND", { kind, id });
  return found;
}

/** About oneself everybody may ask; about others who satisfies the rule. */
export function ownOr(rule: Rule, caller: Caller, userId: string): void {
  if (caller.userId !== userId) enforce(caller, rule);
}

/** The role of that id. Throws IDENTITY_NOT_FOUND. */
export const roleOf = (id: string): Role =>
  known(
    roles.find((role) => roleId(role) === id),
    "role",
    id,
  );

/** Throws IDENTITY_NOT_FOUND unless both are there. */
export async function demandUserAndProject(store: Store, userId: string, projectId: string): Promise<void> {
  const [user, project] = await Promise.all([store.identity.findUser({ id: userId }), store.identity.findProject({ id: projectId })]);
  known(project, "project", projectId);
  known(user, "user", userId);
}
