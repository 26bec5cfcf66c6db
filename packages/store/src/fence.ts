import { fail, type Lease, type MigrationStatus, type OrderMode, type Resize } from "@ferry/core";
import type { Database, Transaction } from "./database.ts";
import { type NewEvent, withEvents } from "./events.ts";

/** The migration's row as it is while this transaction holds its lock. */
export interface FencedMigration {
  readonly id: string;
  readonly number: number;
  readonly serverId: string;
  readonly status: MigrationStatus;
  readonly mode: OrderMode;
  readonly requestId: string;
  readonly sourceHostId: string;
  readonly sourceHost: string;
  readonly destinationHostId: string | null;
  readonly destinationHost: string | null;
  readonly handedOverAt: Date | null;
  readonly pendingWork: boolean;
  /** A cold move to another size; null: the server keeps its own. */
  readonly resize: Resize | null;
  /** The server's project: whose members may see the migration's events. */
  readonly projectId: string;
}

export type TellMigration = (event: Pick<NewEvent, "kind" | "data"> & { hostId?: string | null }) => void;

/**
 * One transaction of the holder of a lease: locks the migration, throws STEP_FENCED when the lease has gone to another run, and writes the events at its
 * end. The lock also puts the writes of one migration in a row, and a new owner has to wait for it, so nobody takes over in the middle.
 */
export async function fenced<T>(
  db: Database,
  lease: Lease,
  work: (tx: Transaction, migration: FencedMigration, tell: TellMigration) => Promise<T>,
): Promise<T> {
  return await withEvents(db, async (tx, tell) => {
    const migration = await lock(tx, lease);
    const scope = { migrationId: migration.id, serverId: migration.serverId, projectId: migration.projectId };
    return await work(tx, migration, (event) => tell({ ...scope, ...event }));
  });
}

async function lock(tx: Transaction, lease: Lease): Promise<FencedMigration> {
  const rows = await tx.$queryRaw<FencedMigration[]>`
    SELECT m.id, m.number, m.server_id AS "serverId", m.status, m.mode, m.request_id AS "requestId", m.source_host_id AS "sourceHostId",
      m.source_host AS "sourceHost", m.destination_host_id AS "destinationHostId", m.destination_host AS "destinationHost",
      m.handed_over_at AS "handedOverAt", m.pending_work AS "pendingWork", m.resize, s.project_id AS "projectId"
    FROM migrations m JOIN servers s ON s.id = m.server_id
    WHERE m.id = ${lease.migrationId}::uuid AND m.lease_token = ${lease.token} FOR NO KEY UPDATE OF m`;
  const row = rows[0];
  if (row === undefined) throw fail("STEP_FENCED", { migration: lease.migrationId });
  return row;
}
