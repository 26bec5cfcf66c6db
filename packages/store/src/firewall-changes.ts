import type { Transaction } from "./database.ts";
import type { NewEvent } from "./events.ts";

type Tell = (event: NewEvent) => void;

interface Touched {
  readonly serverId: string;
  readonly hostId: string;
  readonly projectId: string;
}

/** The rules of a group have changed: the hosts of its members have to follow. */
export async function touchMembers(tx: Transaction, tell: Tell, groupId: string): Promise<void> {
  const rows = await tx.$queryRaw<Touched[]>`
    UPDATE server_firewalls f SET revision = revision + 1, retry_at = NULL, attempts = 0 FROM servers s
    WHERE s.id = f.server_id AND f.server_id IN (SELECT server_id FROM security_group_members WHERE group_id = ${groupId}::uuid)
    RETURNING s.id AS "serverId", s.host_id AS "hostId", s.project_id AS "projectId"`;
  await tellAll(tx, tell, rows);
}

/** A server has joined a group or left it: its own host has to follow, and those of the servers that let the group's members in. */
export async function touchMembership(tx: Transaction, tell: Tell, serverId: string, groupId: string): Promise<void> {
  await tx.$executeRaw`INSERT INTO server_firewalls (server_id, revision) VALUES (${serverId}::uuid, 1) ON CONFLICT DO NOTHING`;
  const rows = await tx.$queryRaw<Touched[]>`
    UPDATE server_firewalls f SET revision = revision + 1, retry_at = NULL, attempts = 0 FROM servers s
    WHERE s.id = f.server_id AND (f.server_id = ${serverId}::uuid OR f.server_id IN (
      SELECT m.server_id FROM security_group_rules r JOIN security_group_members m ON m.group_id = r.group_id
      WHERE r.remote_group_id = ${groupId}::uuid))
    RETURNING s.id AS "serverId", s.host_id AS "hostId", s.project_id AS "projectId"`;
  await tellAll(tx, tell, rows);
}

/** Workers hear of each at once (`firewall` of the live messages); one that does not is found by the reconciler. */
async function tellAll(tx: Transaction, tell: Tell, rows: readonly Touched[]): Promise<void> {
  await tx.$queryRaw`SELECT pg_notify('ferry_firewalls', id)::text FROM unnest(${rows.map((row) => row.serverId)}::text[]) id`;
  for (const { serverId, hostId, projectId } of rows)
    tell({ kind: "server.changed", serverId, hostId, projectId, data: { firewall: "pending" } });
}
