import { isDeepStrictEqual } from "node:util";
import { fail, type GuestState, type GuestStateReason, type GuestSummary, type HostId, KIB } from "@ferry/core";
import type { Database, Transaction } from "./database.ts";
import { decideSync, type SyncDecision } from "./decide-sync.ts";
import { type NewEvent, withEvents } from "./events.ts";
import { statesOf } from "./guest-states.ts";
import { toJson } from "./json.ts";

/** Whose the servers are that ferry finds. */
export interface Owner {
  readonly projectId: string;
  readonly userId: string;
}

export interface SyncResult {
  readonly adopted: string[];
  readonly updated: string[];
  readonly moved: string[];
  readonly gone: string[];
}

interface KnownServer {
  readonly id: string;
  readonly name: string;
  readonly hostId: string;
  readonly projectId: string;
  readonly vmState: string;
  readonly powerState: number;
  readonly persistent: boolean;
  readonly definition: unknown;
  readonly launchedAt: Date | null;
  readonly moving: boolean;
  /** Written after the host was asked. */
  readonly newer: boolean;
}

export const serverRecords = (db: Database) => ({
  /** The database's clock now. Take it before asking a host for its guests, and give it to `syncGuests`. */
  async syncMark(): Promise<Date> {
    const rows = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
    return rows[0]?.now ?? new Date();
  },

  /**
   * Brings the record in line with the complete list of a host's guests: enters new ones, follows changes, marks the vanished as deleted (see
   * `decideSync`). Servers that were written after `asOf` are left alone: the list may be older than what is known of them.
   */
  async syncGuests(hostId: HostId, guests: readonly GuestSummary[], asOf: Date, owner: Owner): Promise<SyncResult> {
    const seen = new Map(guests.map((guest) => [guest.definition.uuid, guest]));
    return await withEvents(db, async (tx, tell) => {
      await keepHost(tx, hostId);
      const known = new Map((await lockServers(tx, hostId, [...seen.keys()], asOf)).map((server) => [server.id, server]));
      const result: SyncResult = { adopted: [], updated: [], moved: [], gone: [] };
      for (const id of [...new Set([...seen.keys(), ...known.keys()])].sort()) {
        const record = known.get(id) ?? null;
        const guest = seen.get(id) ?? null;
        const decision = record?.newer ? "leave" : decideSync(record, guest, hostId);
        await write(tx, tell, result, { decision, record, guest, hostId, owner, id });
      }
      return result;
    });
  },

  /**
   * Follows one event of a guest: `state` null means that the host no longer has it. Returns what was decided; on `adopt` and `move` nothing was written,
   * because only a full `syncGuests` knows enough.
   */
  async applyGuestState(hostId: HostId, id: string, seen: { state: GuestState; reason: GuestStateReason } | null): Promise<SyncDecision> {
    return await withEvents(db, async (tx, tell) => {
      const record = (await lockServers(tx, hostId, [id], null)).find((server) => server.id === id) ?? null;
      const decision = decideSync(record, seen, hostId);
      if (record === null) return decision;
      if (decision === "update" && seen !== null) await writeState(tx, tell, record, seen.state);
      if (decision === "gone") await markGone(tx, tell, record);
      return decision;
    });
  },
});

/** Locks the host against removal. Throws HOST_NOT_FOUND. */
async function keepHost(tx: Transaction, id: HostId): Promise<void> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM hosts WHERE id = ${id}::uuid FOR KEY SHARE`;
  if (rows.length === 0) throw fail("HOST_NOT_FOUND", { id });
}

/** The servers of that host and those of these ids, locked in the order of their ids. */
async function lockServers(tx: Transaction, hostId: HostId, ids: readonly string[], asOf: Date | null): Promise<KnownServer[]> {
  return await tx.$queryRaw<KnownServer[]>`
    SELECT s.id, s.name, s.host_id AS "hostId", s.project_id AS "projectId", s.vm_state AS "vmState", s.power_state AS "powerState",
      s.persistent, s.definition, s.launched_at AS "launchedAt",
      EXISTS (SELECT 1 FROM migration_slots m WHERE m.server_id = s.id) AS moving,
      ${asOf}::timestamptz IS NOT NULL AND s.updated_at > ${asOf}::timestamptz AS newer
    FROM servers s WHERE s.host_id = ${hostId}::uuid OR s.id = ANY (${ids}::uuid[])
    ORDER BY s.id FOR NO KEY UPDATE OF s`;
}

type Tell = (event: NewEvent) => void;

interface Write {
  readonly decision: SyncDecision;
  readonly record: KnownServer | null;
  readonly guest: GuestSummary | null;
  readonly hostId: HostId;
  readonly owner: Owner;
  readonly id: string;
}

async function write(
  tx: Transaction,
  tell: Tell,
  result: SyncResult,
  { decision, record, guest, hostId, owner, id }: Write,
): Promise<void> {
  if (decision === "adopt" && guest !== null) {
    if (await adopt(tx, tell, hostId, guest, owner)) result.adopted.push(id);
  } else if ((decision === "update" || decision === "move") && guest !== null && record !== null) {
    const written = await follow(tx, tell, hostId, record, guest);
    if (written) (decision === "move" ? result.moved : result.updated).push(id);
  } else if (decision === "gone" && record !== null) {
    await markGone(tx, tell, record);
    result.gone.push(id);
  }
}

/** The columns that follow the guest. */
const columnsOf = ({ definition, state, persistent }: GuestSummary) => ({
  name: definition.name,
  instanceName: definition.name,
  memoryMiB: Math.ceil(definition.memoryKiB / KIB),
  vcpus: definition.vcpus,
  definition: toJson(definition),
  persistent,
  ...statesOf(state),
});

/** False when another worker has entered it a moment ago. */
async function adopt(tx: Transaction, tell: Tell, hostId: HostId, guest: GuestSummary, owner: Owner): Promise<boolean> {
  const columns = columnsOf(guest);
  const launchedAt = launchOf(columns.vmState, null);
  const { projectId, userId } = owner;
  const data = { id: guest.definition.uuid, hostId, projectId, userId, ...columns, launchedAt };
  const { count } = await tx.server.createMany({ data, skipDuplicates: true });
  if (count === 0) return false;
  const news = { name: columns.name, vm_state: columns.vmState };
  tell({ kind: "server.adopted", serverId: data.id, hostId, projectId, data: news });
  return true;
}

/** When a guest was first seen to run: kept once it is known. A guest that was adopted shut off has none until it is started. */
function launchOf(vmState: string, known: Date | null): Date | null {
  return known ?? (vmState === "active" || vmState === "paused" ? new Date() : null);
}

async function follow(tx: Transaction, tell: Tell, hostId: HostId, record: KnownServer, guest: GuestSummary): Promise<boolean> {
  const { definition, ...columns } = columnsOf(guest);
  const same =
    record.hostId === hostId &&
    record.vmState === columns.vmState &&
    record.powerState === columns.powerState &&
    record.persistent === columns.persistent &&
    isDeepStrictEqual(record.definition, definition);
  if (same) return false;
  const revived = record.vmState === "deleted" ? { terminatedAt: null, taskState: null } : {};
  await tx.server.update({
    where: { id: record.id },
    data: { ...columns, ...revived, launchedAt: launchOf(columns.vmState, record.launchedAt), definition, hostId },
  });
  const kind = record.hostId === hostId ? "server.changed" : "server.moved";
  tell({ kind, serverId: record.id, hostId, projectId: record.projectId, data: { name: columns.name, vm_state: columns.vmState } });
  return true;
}

async function writeState(tx: Transaction, tell: Tell, record: KnownServer, state: GuestState): Promise<void> {
  const states = statesOf(state);
  if (record.vmState === states.vmState && record.powerState === states.powerState) return;
  const revived = record.vmState === "deleted" ? { terminatedAt: null, taskState: null } : {};
  await tx.server.update({
    where: { id: record.id },
    data: { ...states, ...revived, launchedAt: launchOf(states.vmState, record.launchedAt) },
  });
  tell({
    kind: "server.changed",
    serverId: record.id,
    hostId: record.hostId,
    projectId: record.projectId,
    data: { vm_state: states.vmState },
  });
}

async function markGone(tx: Transaction, tell: Tell, record: KnownServer): Promise<void> {
  await tx.server.update({
    where: { id: record.id },
    data: { vmState: "deleted", powerState: 0, taskState: null, terminatedAt: new Date() },
  });
  tell({ kind: "server.gone", serverId: record.id, hostId: record.hostId, projectId: record.projectId, data: { name: record.name } });
}
