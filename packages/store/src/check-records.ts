import {
  fail,
  type GroupSituation,
  type HostId,
  type HostRecord,
  hostId,
  type MoveMode,
  moveActionName,
  type NetworkMap,
  type ServerId,
} from "@ferry/core";
import { sumOfOthers } from "./claims.ts";
import type { Database, Transaction } from "./database.ts";
import type { Host } from "./generated/client.ts";
import { groupSituation } from "./group-situation.ts";

export interface MovableServer {
  readonly name: string;
  readonly hostId: HostId;
  readonly group: GroupSituation | null;
}

/** What the checks of a move read of the record; for a migration that exists, and for one that is only thought of. */
export const checkRecords = (db: Database) => ({
  /** Where a server is that could be moved in that mode. Throws SERVER_NOT_FOUND, and SERVER_MIGRATION_PENDING while it is on its way already. */
  async server(id: ServerId, mode: MoveMode): Promise<MovableServer> {
    const row = await db.server.findUnique({ where: { id }, select: { name: true, hostId: true, vmState: true } });
    if (row === null || row.vmState === "deleted") throw fail("SERVER_NOT_FOUND", { id });
    if (row.hostId === null) throw fail("SERVER_NOT_PLACED", { id });
    const migration = await migrationUnderWay(db, id);
    if (migration !== null) throw fail("SERVER_MIGRATION_PENDING", { action: moveActionName(mode), id, migration });
    return { name: row.name, hostId: hostId(row.hostId), group: await groupSituation(db, id) };
  },
  host: (id: HostId): Promise<HostRecord> => findHost(db, id),
  candidates: (source: HostId): Promise<HostRecord[]> => findCandidates(db, source),
  /** MiB of memory that migrations and servers on their way there hold together. */
  async claimedMiB(id: HostId): Promise<number> {
    return await sumOfOthers(db, id, nobody);
  },
});

const nobody = "00000000-0000-0000-0000-000000000000";

/** Number of the migration that has the server's slot: it is under way, or has cleaning up left. */
export async function migrationUnderWay(db: Database | Transaction, serverId: ServerId): Promise<number | null> {
  const slot = await db.migrationSlot.findUnique({ where: { serverId }, select: { migration: { select: { number: true } } } });
  return slot?.migration.number ?? null;
}

const hostColumns = { id: true, name: true, state: true, enabled: true, forcedDown: true, networkMap: true } as const;

type HostRow = Pick<Host, keyof typeof hostColumns>;

const toHostRecord = (row: HostRow): HostRecord => ({
  ...row,
  id: hostId(row.id),
  state: row.state as HostRecord["state"],
  networkMap: row.networkMap as NetworkMap,
});

/** Throws HOST_NOT_FOUND. */
export async function findHost(db: Database | Transaction, id: HostId): Promise<HostRecord> {
  const row = await db.host.findUnique({ where: { id }, select: hostColumns });
  if (row === null) throw fail("HOST_NOT_FOUND", { id });
  return toHostRecord(row);
}

/** Hosts that may take a server of the source, by name. */
export async function findCandidates(db: Database | Transaction, source: HostId): Promise<HostRecord[]> {
  const where = { state: "up", enabled: true, forcedDown: false, id: { not: source } };
  return (await db.host.findMany({ where, select: hostColumns, orderBy: { name: "asc" } })).map(toHostRecord);
}
