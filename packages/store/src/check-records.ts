import { fail, type HostId, type HostRecord, hostId, type NetworkMap, type ServerId } from "@ferry/core";
import type { Database, Transaction } from "./database.ts";
import type { Host } from "./generated/client.ts";

/** What the checks of a move read of the record; for a migration that exists, and for one that is only thought of. */
export const checkRecords = (db: Database) => ({
  /** Where a server is. Throws SERVER_NOT_FOUND. */
  async server(id: ServerId): Promise<{ name: string; hostId: HostId }> {
    const row = await db.server.findUnique({ where: { id }, select: { name: true, hostId: true, vmState: true } });
    if (row === null || row.vmState === "deleted") throw fail("SERVER_NOT_FOUND", { id });
    return { name: row.name, hostId: hostId(row.hostId) };
  },
  host: (id: HostId): Promise<HostRecord> => findHost(db, id),
  candidates: (source: HostId): Promise<HostRecord[]> => findCandidates(db, source),
  /** MiB of memory that all migrations together have claimed there. */
  async claimedMiB(id: HostId): Promise<number> {
    const { _sum } = await db.claim.aggregate({ where: { hostId: id }, _sum: { memoryMiB: true } });
    return _sum.memoryMiB ?? 0;
  },
});

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
