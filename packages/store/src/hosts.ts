import { randomUUID } from "node:crypto";
import {
  fail,
  type HostAddress,
  type HostFacts,
  type HostId,
  type HostRecord,
  hostId,
  isUuid,
  type NetworkMap,
  unfinishedStatuses,
} from "@ferry/core";
import type { Database, Transaction } from "./database.ts";
import { type NewEvent, withEvents } from "./events.ts";
import type { Host } from "./generated/client.ts";
import { toJson } from "./json.ts";
import { isUniqueViolation } from "./prisma-error.ts";

export type HostState = HostRecord["state"];

/** What the operator says of a host. */
export interface NewHost {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** OpenSSH form, `ssh-ed25519 AAAA…`. */
  readonly hostKey: string;
  readonly uri: string;
  readonly migrationAddress: string | null;
  /** Empty when it is left out. */
  readonly networkMap?: NetworkMap;
}

export interface StoredHost extends NewHost {
  readonly id: HostId;
  /** Nova's integer id, before microversion 2.53. */
  readonly number: number;
  readonly networkMap: NetworkMap;
  readonly state: HostState;
  readonly problem: string | null;
  readonly enabled: boolean;
  readonly disabledReason: string | null;
  readonly forcedDown: boolean;
  readonly facts: HostFacts | null;
  readonly lastSeenAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const toStoredHost = ({ monitorOwner, monitorUntil, hypervisorUuid, ...row }: Host): StoredHost => ({
  ...row,
  id: hostId(row.id),
  state: row.state as HostState,
  facts: row.facts as HostFacts | null,
  networkMap: row.networkMap as NetworkMap,
});

export const hostRecords = (db: Database) => ({
  /** Enters the host as `adding`. Throws HOST_EXISTS when the name or the address and port are taken. */
  async add(host: NewHost): Promise<StoredHost> {
    try {
      return await withEvents(db, async (tx, tell) => {
        const { name, address, port, user, hostKey, uri, migrationAddress, networkMap = {} } = host;
        const data = { name, address, port, user, hostKey, uri, migrationAddress, networkMap: toJson(networkMap) };
        const row = await tx.host.create({ data: { id: randomUUID(), ...data } });
        tell({ kind: "host.added", hostId: row.id, data: { name: row.name, state: row.state } });
        return toStoredHost(row);
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw fail("HOST_EXISTS", { name: host.name }, error);
      throw error;
    }
  },

  /** All hosts by name. */
  async list(): Promise<StoredHost[]> {
    return (await db.host.findMany({ orderBy: { name: "asc" } })).map(toStoredHost);
  },

  /** By id, by name, or by number when it is one; null when there is none. */
  async find(key: string | number): Promise<StoredHost | null> {
    const where = typeof key === "number" ? { number: key } : isUuid(key) ? { id: key } : { name: key };
    const row = await db.host.findUnique({ where });
    return row && toStoredHost(row);
  },

  /** Where and how to reach it. Throws HOST_NOT_FOUND. */
  async address(id: HostId): Promise<HostAddress> {
    const row = await db.host.findUnique({ where: { id } });
    if (row === null) throw fail("HOST_NOT_FOUND", { id });
    const { name, address, port, user, hostKey, uri } = row;
    return { id, name, address, port, user, hostKey, uri, migrationAddress: row.migrationAddress ?? address };
  },

  /** The host answered: its facts are new, it is `up`, and nothing is wrong. A quarantined host stays quarantined. */
  async saveFacts(id: HostId, facts: HostFacts): Promise<void> {
    await withEvents(db, async (tx, tell) => {
      const before = await lockHost(tx, id);
      const state = before.state === "quarantined" ? before.state : "up";
      const problem = before.state === "quarantined" ? before.problem : null;
      const data = { state, problem, facts: toJson(facts), hypervisorUuid: uuidOrNull(facts.hostUuid), lastSeenAt: new Date() };
      await tx.host.update({ where: { id }, data });
      tellChange(tell, id, before, { state, problem });
    });
  },

  /** A quarantined host does not leave quarantine by falling silent: only a passed check (`up`) ends it. Throws HOST_NOT_FOUND. */
  async setState(id: HostId, state: HostState, problem: string | null = null): Promise<void> {
    await withEvents(db, async (tx, tell) => {
      const before = await lockHost(tx, id);
      if (before.state === "quarantined" && state === "down") return;
      await tx.host.update({ where: { id }, data: { state, problem } });
      tellChange(tell, id, before, { state, problem });
    });
  },

  /** What an operator decides about the host's service. Throws HOST_NOT_FOUND. */
  async setService(id: HostId, service: { enabled?: boolean; disabledReason?: string | null; forcedDown?: boolean }): Promise<void> {
    await withEvents(db, async (tx, tell) => {
      await lockHost(tx, id);
      const { enabled, disabledReason, forcedDown } = service;
      const changed = definedOf({ enabled, disabledReason, forcedDown });
      await tx.host.update({ where: { id }, data: changed });
      tell({ kind: "host.changed", hostId: id, data: changed });
    });
  },

  /** Enters what other hosts' networks are called on this one; null takes an entry out, the rest stays. Throws HOST_NOT_FOUND. */
  async changeNetworkMap(id: HostId, changes: Readonly<Record<string, string | null>>): Promise<void> {
    await withEvents(db, async (tx, tell) => {
      const { name } = await lockHost(tx, id);
      const { networkMap: before } = await tx.host.findUniqueOrThrow({ where: { id }, select: { networkMap: true } });
      const entries = Object.entries({ ...(before as NetworkMap), ...changes }).filter(([, place]) => place !== null);
      const networkMap = Object.fromEntries(entries);
      await tx.host.update({ where: { id }, data: { networkMap: toJson(networkMap) } });
      tell({ kind: "host.changed", hostId: id, data: { name, networkMap } });
    });
  },

  /**
   * Forgets the host and its servers; nothing happens on the host. Throws HOST_NOT_FOUND, and HOST_IN_USE while a migration from or to it, or work left by
   * one, is not finished. With `onlyEmpty` also SERVICE_HOSTS_SERVERS while it has servers that are not deleted.
   */
  async remove(id: HostId, { onlyEmpty = false }: { readonly onlyEmpty?: boolean } = {}): Promise<void> {
    await withEvents(db, async (tx, tell) => {
      const host = await lockHost(tx, id);
      if (onlyEmpty && (await tx.server.count({ where: { hostId: id, vmState: { not: "deleted" } } })) > 0)
        throw fail("SERVICE_HOSTS_SERVERS");
      const busy = await tx.migration.count({ where: { AND: [involving(id), unfinished] } });
      if (busy > 0)
        throw fail("HOST_IN_USE", {
          name: host.name,
          reason: `${busy === 1 ? "a migration from or to it is" : `${busy} migrations from or to it are`} not finished`,
        });
      const servers = await tx.server.findMany({ where: { hostId: id }, select: { id: true, projectId: true } });
      for (const server of servers) tell({ kind: "server.gone", serverId: server.id, hostId: id, projectId: server.projectId });
      await tx.host.delete({ where: { id } });
      tell({ kind: "host.removed", hostId: id, data: { name: host.name } });
    });
  },

  /** The right of one worker to watch the host, for `ttlMs` by the database's clock. False while another worker has it. Calling again extends it. */
  async acquireMonitor(id: HostId, owner: string, ttlMs: number): Promise<boolean> {
    const count = await db.$executeRaw`
      UPDATE hosts SET monitor_owner = ${owner}, monitor_until = clock_timestamp() + ${ttlMs} * interval '1 millisecond'
      WHERE id = ${id}::uuid AND (monitor_owner IS NULL OR monitor_owner = ${owner} OR monitor_until < clock_timestamp())`;
    return count === 1;
  },

  /** Extends the right; false when another worker took it in the meantime: stop watching. */
  async renewMonitor(id: HostId, owner: string, ttlMs: number): Promise<boolean> {
    const count = await db.$executeRaw`
      UPDATE hosts SET monitor_until = clock_timestamp() + ${ttlMs} * interval '1 millisecond'
      WHERE id = ${id}::uuid AND monitor_owner = ${owner}`;
    return count === 1;
  },

  /** Gives the right up, if it is still this worker's. */
  async releaseMonitor(id: HostId, owner: string): Promise<void> {
    await db.host.updateMany({ where: { id, monitorOwner: owner }, data: { monitorOwner: null, monitorUntil: null } });
  },
});

const involving = (id: HostId) => ({
  OR: [{ sourceHostId: id }, { destinationHostId: id }, { requestedHostId: id }, { server: { hostId: id } }],
});
const unfinished = { OR: [{ status: { in: unfinishedStatuses } }, { pendingWork: true }] };

/** The object without the members that are undefined. */
function definedOf<T extends object>(object: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}

/** Locks the host's row against removal, claims and other changes until the transaction ends. */
async function lockHost(tx: Transaction, id: HostId): Promise<{ name: string; state: string; problem: string | null }> {
  const rows = await tx.$queryRaw<{ name: string; state: string; problem: string | null }[]>`
    SELECT name, state, problem FROM hosts WHERE id = ${id}::uuid FOR UPDATE`;
  const row = rows[0];
  if (row === undefined) throw fail("HOST_NOT_FOUND", { id });
  return row;
}

function tellChange(
  tell: (event: NewEvent) => void,
  id: HostId,
  before: { name: string; state: string; problem: string | null },
  after: { state: string; problem: string | null },
): void {
  if (before.state === after.state && before.problem === after.problem) return;
  tell({ kind: "host.changed", hostId: id, data: { name: before.name, ...after } });
}

const uuidOrNull = (text: string): string | null => (isUuid(text.toLowerCase()) ? text.toLowerCase() : null);
