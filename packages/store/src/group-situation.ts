import {
  fail,
  type GroupPolicy,
  type GroupRule,
  type GroupSituation,
  groupObstacle,
  type MembersByHost,
  withoutDeadHost,
} from "@ferry/core";
import type { Database, Transaction } from "./database.ts";
import type { FencedMigration } from "./fence.ts";
import { keepCount } from "./quotas.ts";

/** The group of the server and where its other members are, or are going; null: it is in none. */
export async function groupSituation(db: Database | Transaction, serverId: string): Promise<GroupSituation | null> {
  const membership = await db.serverGroupMember.findUnique({ where: { serverId }, include: { group: true } });
  if (membership === null) return null;
  const { policy, maxServerPerHost } = membership.group;
  return { policy: policy as GroupPolicy, maxServerPerHost, others: await membersByHost(db, membership.groupId, serverId) };
}

/** Where the living members of a group are; one that moves is also counted where it is going. */
export async function membersByHost(db: Database | Transaction, groupId: string, except: string | null = null): Promise<MembersByHost> {
  const rows = await db.$queryRaw<{ hostId: string; members: number }[]>`
    SELECT place.host_id AS "hostId", count(*)::int AS members
    FROM server_group_members g JOIN servers s ON s.id = g.server_id AND s.vm_state <> 'deleted'
      LEFT JOIN migration_slots l ON l.server_id = s.id LEFT JOIN migrations m ON m.id = l.migration_id,
      LATERAL (SELECT s.host_id UNION SELECT m.destination_host_id) place
    WHERE g.group_id = ${groupId}::uuid AND place.host_id IS NOT NULL AND s.id IS DISTINCT FROM ${except}::uuid
    GROUP BY place.host_id`;
  return Object.fromEntries(rows.map(({ hostId, members }) => [hostId, members]));
}

type OwnedRule = GroupRule & { readonly projectId: string };

/** Whoever places a member of a group does so one after another. Null: the group has gone. */
export async function lockGroupRule(tx: Transaction, groupId: string): Promise<OwnedRule | null> {
  const rows = await tx.$queryRaw<OwnedRule[]>`
    SELECT project_id AS "projectId", policy, max_server_per_host AS "maxServerPerHost" FROM server_groups WHERE id = ${groupId}::uuid FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}

/** Judges a migration's destination once more, under the lock of the server's group. Throws GROUP_POLICY_BROKEN. */
export async function requireGroupRule(tx: Transaction, migration: FencedMigration, host: { id: string; name: string }): Promise<void> {
  const { serverId, mode, sourceHostId } = migration;
  const membership = await tx.serverGroupMember.findUnique({ where: { serverId }, select: { groupId: true } });
  if (membership === null) return;
  const rule = await lockGroupRule(tx, membership.groupId);
  if (rule === null) return;
  const group = { ...rule, others: await membersByHost(tx, membership.groupId, serverId) };
  const reason = groupObstacle(mode === "evacuate" ? withoutDeadHost(group, sourceHostId) : group, host.id);
  if (reason !== null) throw fail("GROUP_POLICY_BROKEN", { host: host.name, reason });
}

/**
 * Makes sure, under its lock, that the group takes the new servers where they are to be. Throws VALIDATION_FAILED when it has gone, QUOTA_USED_UP,
 * GROUP_POLICY_BROKEN.
 */
export async function keepServerGroup(tx: Transaction, groupId: string, servers: readonly NewMember[]): Promise<void> {
  const rule = await lockGroupRule(tx, groupId);
  if (rule === null) throw fail("VALIDATION_FAILED", { sentence: `Instance group ${groupId} could not be found.` });
  const members = () => tx.serverGroupMember.count({ where: { groupId, server: { vmState: { not: "deleted" } } } });
  const count = async (): Promise<number> => (await members()) + servers.length - 1;
  await keepCount(tx, rule.projectId, "server_group_members", { whose: groupId, count });
  const others: Record<string, number> = { ...(await membersByHost(tx, groupId)) };
  for (const { host } of servers) {
    if (host === null) continue;
    const reason = groupObstacle({ ...rule, others }, host.id);
    if (reason !== null) throw fail("GROUP_POLICY_BROKEN", { host: host.name, reason });
    others[host.id] = (others[host.id] ?? 0) + 1;
  }
}

interface NewMember {
  readonly host: { readonly id: string; readonly name: string } | null;
}
