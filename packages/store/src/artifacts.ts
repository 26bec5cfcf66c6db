import {
  type Artifact,
  type ArtifactKind,
  type ArtifactLedger,
  fail,
  type HostId,
  hostId,
  type Lease,
  type MigrationId,
  migrationId,
  type TaskLease,
} from "@ferry/core";
import type { Database } from "./database.ts";
import { type Artifact as ArtifactRow, Prisma } from "./generated/client.ts";

const toArtifact = (row: ArtifactRow): Artifact => ({
  hostId: hostId(row.hostId),
  kind: row.kind as ArtifactKind,
  key: row.key,
  migrationId: migrationId(row.migrationId),
  state: row.state as Artifact["state"],
});

type Key = Omit<Artifact, "state" | "migrationId">;
const whereKey = ({ hostId, kind, key }: Key) => ({ hostId_kind_key: { hostId, kind, key } });

/** Whether the entry in the way belongs to another migration that is over and done with, or to the making of a server that is. */
const isAbandoned = (mine: MigrationId): Prisma.Sql => Prisma.sql`
  (a.state <> 'kept' AND a.migration_id <> ${mine}::uuid
    AND NOT EXISTS (SELECT 1 FROM server_tasks t WHERE t.server_id = a.migration_id)
    AND NOT EXISTS (SELECT 1 FROM migrations m WHERE m.id = a.migration_id AND (m.ended_at IS NULL OR m.pending_work)))`;

/** What anybody may do with the ledger, without a lease: look entries up, forget one whose thing is gone, keep one whose thing stays. */
export const artifactRecords = (db: Database): Omit<ArtifactLedger, "begin" | "made"> => ({
  async find(hostId: HostId, kind: ArtifactKind, key: string): Promise<Artifact | null> {
    const row = await db.artifact.findUnique({ where: whereKey({ hostId, kind, key }) });
    return row && toArtifact(row);
  },

  async forget({ hostId, kind, key }: Key): Promise<void> {
    await db.artifact.deleteMany({ where: { hostId, kind, key } });
  },

  async keep(artifact: Key): Promise<void> {
    await db.artifact.update({ where: whereKey(artifact), data: { state: "kept" } });
  },

  async ofMigration(migrationId: MigrationId, kind?: ArtifactKind): Promise<Artifact[]> {
    const where = { migrationId, state: { in: ["making", "made"] }, ...(kind === undefined ? {} : { kind }) };
    return (await db.artifact.findMany({ where, orderBy: { createdAt: "asc" } })).map(toArtifact);
  },
});

/** Locks the row that gives the right to make things, if the lease still holds it. */
const fenceOfMigration = ({ migrationId, token }: Lease): Prisma.Sql => Prisma.sql`
  SELECT 1 FROM migrations m WHERE m.id = ${migrationId}::uuid AND m.lease_token = ${token} FOR NO KEY UPDATE OF m`;

const fenceOfTask = ({ taskId, token }: TaskLease): Prisma.Sql => Prisma.sql`
  SELECT 1 FROM server_tasks t WHERE t.id = ${taskId}::uuid AND t.lease_token = ${token} FOR NO KEY UPDATE OF t`;

/**
 * The ledger of what ferry makes on hosts. An entry of a migration that has ended and left no work counts as abandoned: the next one takes it over.
 * `begin` throws STEP_FENCED when the lease has gone to another worker: one that wakes up late makes nothing on a host any more.
 */
export const artifactLedger = (db: Database, lease: Lease): ArtifactLedger => fencedLedger(db, fenceOfMigration(lease), lease.migrationId);

/** The same for the making of a server, whose things bear the server's id. */
export const buildLedger = (db: Database, lease: TaskLease): ArtifactLedger => fencedLedger(db, fenceOfTask(lease), lease.taskId);

const fencedLedger = (db: Database, fence: Prisma.Sql, owner: string): ArtifactLedger => ({
  async begin({ hostId, kind, key, migrationId }): Promise<"mine" | "kept" | "foreign"> {
    const rows = await db.$queryRaw<{ migrationId: string; state: string }[]>`
      WITH fence AS (${fence})
      INSERT INTO artifacts AS a (host_id, kind, key, migration_id, state)
      SELECT ${hostId}::uuid, ${kind}, ${key}, ${migrationId}::uuid, 'making' FROM fence
      ON CONFLICT (host_id, kind, key) DO UPDATE
      SET migration_id = CASE WHEN ${isAbandoned(migrationId)} THEN excluded.migration_id ELSE a.migration_id END,
        state = CASE WHEN ${isAbandoned(migrationId)} THEN 'making' ELSE a.state END
      RETURNING a.migration_id AS "migrationId", a.state`;
    const row = rows[0];
    if (row === undefined) throw fail("STEP_FENCED", { migration: owner });
    if (row.state === "kept") return "kept";
    return row.migrationId === migrationId ? "mine" : "foreign";
  },

  async made(artifact: Key): Promise<void> {
    await db.artifact.update({ where: whereKey(artifact), data: { state: "made" } });
  },

  ...artifactRecords(db),
});
