import type { Membership, Store } from "@ferry/store";
import { groupOfProject } from "../services/find-security-group.ts";
import { refuseLocked } from "../services/refuse-locked.ts";
import { type ActionInput, accepted, type ServerAction, type ServerActions } from "./server-action.ts";

/** What lets a server into a group and out of it; a worker brings its host in line. */
export const securityGroupActions = (store: Store): ServerActions => ({
  addSecurityGroup: membershipAction(store, "os_compute_api:os-security-groups:add", (membership) =>
    store.securityGroupMembers.join(membership),
  ),
  removeSecurityGroup: membershipAction(store, "os_compute_api:os-security-groups:remove", (membership) =>
    store.securityGroupMembers.leave(membership),
  ),
});

const membershipAction = (store: Store, rule: ServerAction["rule"], change: (membership: Membership) => Promise<void>): ServerAction => ({
  rule,
  handle: async (input) => {
    refuseLocked(input.server, input.caller);
    await change(await membershipOf(store, input));
    return accepted;
  },
});

async function membershipOf(store: Store, { server, value }: ActionInput): Promise<Membership> {
  const { name } = value as { name: string };
  await store.securityGroups.ensureDefault(server.projectId);
  const group = await groupOfProject(store, server.projectId, name.trim());
  return { serverId: server.id, groupId: group.id, group: name };
}
