import { fail, type HostId, hostId, isFinal, type MigrationId, migrationId, migrationStatuses, type ServerId, serverId } from "@ferry/core";
import type { Database } from "./database.ts";
import { withEvents } from "./events.ts";

/** A guest that was evacuated from a host, which may still hold its definition. */
export interface EvacuatedGuest {
  readonly migrationId: MigrationId;
  readonly serverId: ServerId;
  readonly serverName: string;
  /** Where it was evacuated to. */
  readonly destination: string;
}

const unfinished = migrationStatuses.filter((status) => !isFinal(status));

/** What is owed to a host that comes back after its guests were evacuated: an evacuation stays `done` until that is paid. */
export const evacuationLists = (db: Database) => ({
  /** Guests of that host whose evacuation has ended well and of which it may still hold something. */
  async owed(host: HostId): Promise<EvacuatedGuest[]> {
    const where = { sourceHostId: host, migrationType: "evacuation", status: "done" };
    const rows = await db.migration.findMany({ where, orderBy: { number: "asc" } });
    return rows.map((row) => ({
      migrationId: migrationId(row.id),
      serverId: serverId(row.serverId),
      serverName: row.serverName,
      destination: row.destinationHost ?? "another host",
    }));
  },

  /** Names of the servers whose evacuation from that host is not decided yet. */
  async underWay(host: HostId): Promise<string[]> {
    const open = { OR: [{ status: { in: unfinished } }, { pendingWork: true }] };
    const where = { sourceHostId: host, migrationType: "evacuation", ...open };
    return (await db.migration.findMany({ where, select: { serverName: true } })).map((row) => row.serverName);
  },

  /** The host holds nothing of the guest any more: `done` becomes `completed`. Repeatable. */
  async settle(id: MigrationId): Promise<void> {
    await withEvents(db, async (tx, tell) => {
      const { count } = await tx.migration.updateMany({ where: { id, status: "done" }, data: { status: "completed" } });
      if (count === 0) return;
      const row = await tx.migration.findUniqueOrThrow({
        where: { id },
        select: { serverId: true, server: { select: { projectId: true } } },
      });
      const data = { status: "completed", from: "done", problem: null, code: null };
      tell({ kind: "migration.status", migrationId: id, serverId: row.serverId, projectId: row.server.projectId, data });
    });
  },

  /** The guest runs on the host that came back, too: the server is in error, with the reason, until a person has looked. Repeatable. */
  async reportSplit({ serverId: id, destination }: EvacuatedGuest, host: { id: HostId; name: string }): Promise<void> {
    const faultMessage = fail("SERVER_SPLIT", { id, host: host.name, other: destination }).message;
    await withEvents(db, async (tx, tell) => {
      const where = {
        id,
        vmState: { not: "deleted" },
        OR: [{ faultMessage: null }, { faultMessage: { not: faultMessage } }, { vmState: { not: "error" } }],
      };
      const { count } = await tx.server.updateMany({ where, data: { vmState: "error", faultMessage, faultAt: new Date() } });
      if (count === 0) return;
      const { projectId, hostId: home } = await tx.server.findUniqueOrThrow({ where: { id }, select: { projectId: true, hostId: true } });
      const place = home === null ? {} : { hostId: hostId(home) };
      tell({ kind: "server.changed", serverId: id, ...place, projectId, data: { vm_state: "error" } });
    });
  },
});
