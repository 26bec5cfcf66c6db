import { fail, type GuestDefinition, guardName, unguardable } from "@ferry/core";
import type { Database, Transaction } from "./database.ts";
import { withEvents } from "./events.ts";
import { touchMembership } from "./firewall-changes.ts";
import { isUniqueViolation } from "./prisma-error.ts";
import { keepGroup } from "./security-groups.ts";

/** A server and a group, by which the request called it. */
export interface Membership {
  readonly serverId: string;
  readonly groupId: string;
  /** For the sentence of a refusal. */
  readonly group: string;
}

export const securityGroupMembers = (db: Database) => ({
  /**
   * The server joins the group; from then on it is guarded. Throws SECURITY_GROUP_ASSOCIATED, SERVER_NOT_FOUND, SERVER_UNGUARDABLE, and
   * SERVER_WRONG_STATE for one that is suspended and not guarded yet: its saved memory brings its cards back as they were.
   */
  async join({ serverId, groupId, group }: Membership): Promise<void> {
    try {
      await withEvents(db, async (tx, tell) => {
        await refuseUnguardable(tx, serverId);
        await keepGroup(tx, groupId);
        await tx.securityGroupMember.create({ data: { serverId, groupId } });
        await touchMembership(tx, tell, serverId, groupId);
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw fail("SECURITY_GROUP_ASSOCIATED", { group, id: serverId }, error);
      throw error;
    }
  },

  /** The server leaves the group; it stays guarded, also by none: then nothing is let in. Throws SECURITY_GROUP_NOT_ASSOCIATED. */
  async leave({ serverId, groupId, group }: Membership): Promise<void> {
    await withEvents(db, async (tx, tell) => {
      await lockServer(tx, serverId);
      const { count } = await tx.securityGroupMember.deleteMany({ where: { serverId, groupId } });
      if (count === 0) throw fail("SECURITY_GROUP_NOT_ASSOCIATED", { group, id: serverId });
      await touchMembership(tx, tell, serverId, groupId);
    });
  },
});

async function refuseUnguardable(tx: Transaction, id: string): Promise<void> {
  await lockServer(tx, id);
  const server = await tx.server.findUnique({ where: { id }, select: { vmState: true, definition: true, firewall: true } });
  if (server === null || server.vmState === "deleted") throw fail("SERVER_NOT_FOUND", { id });
  const reason = unguardable(server.definition as unknown as GuestDefinition, guardName(id));
  if (reason !== null) throw fail("SERVER_UNGUARDABLE", { id, reason });
  if (server.vmState === "suspended" && server.firewall === null)
    throw fail("SERVER_WRONG_STATE", { action: "addSecurityGroup", id, attribute: "vm_state", value: server.vmState });
}

const lockServer = (tx: Transaction, id: string): Promise<unknown> =>
  tx.$queryRaw`SELECT 1 FROM servers WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
