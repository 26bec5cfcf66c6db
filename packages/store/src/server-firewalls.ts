import {
  type FirewallLease,
  type FirewallOrder,
  fail,
  type GuestDefinition,
  hostId,
  knownAddresses,
  type SecurityGroupRule,
  type ServerGuard,
  type ServerNic,
  serverId,
} from "@ferry/core";
import type { Database } from "./database.ts";
import { withEvents } from "./events.ts";

/** The topic of the job that brings a server's firewall in line; its key is the server's id. */
export const applyFirewallTopic = "apply-firewall";

/** How far a server's firewall is. */
export interface FirewallState {
  /** What was asked last is not in force yet. */
  readonly pending: boolean;
  /** Why the last try did not get there. */
  readonly problem: string | null;
}

export const serverFirewallRecords = (db: Database) => ({
  /** Null: the server is not guarded. */
  async state(id: string): Promise<FirewallState | null> {
    const row = await db.serverFirewall.findUnique({ where: { serverId: id } });
    return row && { pending: row.applied < row.revision, problem: row.applied < row.revision ? row.problem : null };
  },

  /**
   * Ids of the servers whose firewall is behind, that nobody is at work on and that it is time to try (again); longest waiting first. One that is being
   * made is left to its making.
   */
  async pending(): Promise<string[]> {
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT f.server_id AS id FROM server_firewalls f JOIN servers s ON s.id = f.server_id
      WHERE f.applied < f.revision AND s.vm_state <> 'deleted' AND s.build IS NULL AND (f.retry_at IS NULL OR f.retry_at < clock_timestamp())
        AND (f.lease_owner IS NULL OR f.lease_until < clock_timestamp()) ORDER BY f.retry_at NULLS FIRST, f.server_id`;
    return rows.map((row) => row.id);
  },

  /** The right to do that for `ttlMs`: null when another worker has it, or the server is not guarded. */
  async take(id: string, owner: string, ttlMs: number): Promise<FirewallLease | null> {
    const rows = await db.$queryRaw<{ token: number }[]>`
      UPDATE server_firewalls
      SET lease_owner = ${owner}, lease_token = lease_token + 1, lease_until = clock_timestamp() + ${ttlMs} * interval '1 millisecond'
      WHERE server_id = ${id}::uuid AND (lease_owner IS NULL OR lease_until < clock_timestamp())
      RETURNING lease_token AS token`;
    const row = rows[0];
    return row === undefined ? null : { serverId: serverId(id), owner, token: row.token };
  },

  /** False when it has gone to another worker. */
  async renew({ serverId: id, token }: FirewallLease, ttlMs: number): Promise<boolean> {
    const count = await db.$executeRaw`
      UPDATE server_firewalls SET lease_until = clock_timestamp() + ${ttlMs} * interval '1 millisecond'
      WHERE server_id = ${id}::uuid AND lease_token = ${token}`;
    return count === 1;
  },

  async release({ serverId: id, token }: FirewallLease): Promise<void> {
    await db.$executeRaw`
      UPDATE server_firewalls SET lease_owner = NULL, lease_until = NULL WHERE server_id = ${id}::uuid AND lease_token = ${token}`;
  },

  /**
   * What the firewall has to be, as of the revision beside it: read before the rules, so that a rule that comes later raises it. Null when the server is
   * gone or being made, or nothing is pending. Throws FIREWALL_FENCED when the lease has gone to another worker.
   */
  async order(lease: FirewallLease): Promise<FirewallOrder | null> {
    const [row] = await db.$queryRaw<OrderRow[]>`
      SELECT f.revision, f.applied, s.vm_state AS "vmState", s.build IS NOT NULL AS "inMaking", s.host_id AS "hostId", m.number,
        m.source_host_id AS "sourceHostId", m.destination_host_id AS "destinationHostId"
      FROM server_firewalls f JOIN servers s ON s.id = f.server_id
        LEFT JOIN migration_slots l ON l.server_id = s.id LEFT JOIN migrations m ON m.id = l.migration_id
      WHERE f.server_id = ${lease.serverId}::uuid AND f.lease_token = ${lease.token}`;
    if (row === undefined) throw fail("FIREWALL_FENCED", { id: lease.serverId });
    if (row.vmState === "deleted" || row.inMaking || row.applied >= row.revision) return null;
    return {
      serverId: lease.serverId,
      hostId: hostId(row.hostId),
      revision: row.revision,
      ...(await readGuard(db, lease.serverId)),
      migration: migrationOf(row),
    };
  },

  /**
   * The host has the rules of that revision in force. False when more has to be done: something has changed meanwhile, or a migration has begun,
   * which may not have seen them.
   */
  async settle(lease: FirewallLease, revision: number): Promise<boolean> {
    return await withEvents(db, async (tx, tell) => {
      const rows = await tx.$queryRaw<{ done: boolean; hostId: string; projectId: string }[]>`
        UPDATE server_firewalls f SET applied = ${revision}, problem = NULL, attempts = 0, retry_at = NULL FROM servers s
        WHERE s.id = f.server_id AND f.server_id = ${lease.serverId}::uuid AND f.lease_token = ${lease.token}
          AND NOT EXISTS (SELECT 1 FROM migration_slots l WHERE l.server_id = f.server_id)
        RETURNING f.revision = ${revision} AS done, s.host_id AS "hostId", s.project_id AS "projectId"`;
      const row = rows[0];
      if (row === undefined || !row.done) return false;
      const { hostId: host, projectId } = row;
      tell({ kind: "server.changed", serverId: lease.serverId, hostId: host, projectId, data: { firewall: "applied" } });
      return true;
    });
  },

  /** Not now: the sentence is shown, and it is tried again after `afterMs(attempt)`, the first being attempt 1. */
  async postpone(lease: FirewallLease, problem: string, afterMs: (attempt: number) => number): Promise<void> {
    const row = await db.serverFirewall.findUnique({ where: { serverId: lease.serverId, leaseToken: lease.token } });
    if (row === null) return;
    const attempts = row.attempts + 1;
    await db.$executeRaw`
      UPDATE server_firewalls SET problem = ${problem}, attempts = ${attempts},
        retry_at = clock_timestamp() + ${afterMs(attempts)} * interval '1 millisecond'
      WHERE server_id = ${lease.serverId}::uuid AND lease_token = ${lease.token} AND revision = ${row.revision}`;
  },
});

interface OrderRow {
  readonly revision: number;
  readonly applied: number;
  readonly vmState: string;
  readonly inMaking: boolean;
  readonly hostId: string;
  readonly number: number | null;
  readonly sourceHostId: string | null;
  readonly destinationHostId: string | null;
}

function migrationOf({ number, hostId: own, sourceHostId, destinationHostId }: OrderRow): FirewallOrder["migration"] {
  if (number === null) return null;
  const others = [sourceHostId, destinationHostId].filter((id) => id !== null && id !== own);
  return { number, hostIds: others.map((id) => hostId(id ?? "")) };
}

interface ResolvedRule extends Omit<SecurityGroupRule, "mac"> {
  readonly groupId: string;
  readonly mac: string | null;
}

/** What guards a server by security groups; null when none do. */
export const serverGuard = async (db: Database, id: string): Promise<ServerGuard | null> =>
  (await db.serverFirewall.count({ where: { serverId: id } })) > 0 ? await readGuard(db, id) : null;

async function readGuard(db: Database, id: string): Promise<ServerGuard> {
  const { nics, definition } = await db.server.findUniqueOrThrow({ where: { id }, select: { nics: true, definition: true } });
  const macs = (definition as unknown as GuestDefinition).interfaces.map(({ mac }) => mac);
  const addresses = knownAddresses((nics ?? []) as unknown as ServerNic[], macs);
  return { groups: await readGroups(db, id), addresses };
}

/** A rule for members of a group becomes one for each of these members' cards, in both families of addresses. */
async function readGroups(db: Database, id: string): Promise<FirewallOrder["groups"]> {
  const rows = await db.$queryRaw<ResolvedRule[]>`
    SELECT r.group_id AS "groupId", r.protocol, r.from_port AS "fromPort", r.to_port AS "toPort", family.cidr, card.mac
    FROM security_group_members own JOIN security_group_rules r ON r.group_id = own.group_id
      CROSS JOIN LATERAL (
        SELECT r.cidr WHERE r.cidr IS NOT NULL UNION ALL SELECT unnest(ARRAY['0.0.0.0/0', '::/0']) WHERE r.cidr IS NULL
      ) family (cidr)
      LEFT JOIN LATERAL (
        SELECT nic ->> 'mac' AS mac FROM security_group_members m JOIN servers s ON s.id = m.server_id AND s.vm_state <> 'deleted',
          jsonb_array_elements(s.definition -> 'interfaces') nic
        WHERE m.group_id = r.remote_group_id
      ) card ON r.remote_group_id IS NOT NULL
    WHERE own.server_id = ${id}::uuid AND (r.remote_group_id IS NULL OR card.mac ~ '^([0-9a-f]{2}:){5}[0-9a-f]{2}$')`;
  const byGroup = Map.groupBy(rows, (row) => row.groupId);
  return [...byGroup].map(([groupId, rules]) => ({ id: groupId, rules: rules.map(toRule) }));
}

const toRule = ({ protocol, fromPort, toPort, cidr, mac }: ResolvedRule): SecurityGroupRule => ({
  protocol,
  fromPort,
  toPort,
  cidr,
  ...(mac === null ? {} : { mac }),
});
