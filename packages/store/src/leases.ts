import { type Lease, type MigrationId, type MigrationStatus, migrationId, workingStatuses } from "@ferry/core";
import type { Database } from "./database.ts";

/** A migration that no worker is at work on although something is left to do. */
export interface OrphanedMigration {
  readonly id: MigrationId;
  readonly status: MigrationStatus;
  /** It has ended, but cleanup or undo has to be repeated. */
  readonly pendingWork: boolean;
  readonly createdAt: Date;
}

/** A lease is measured by the database's clock; the token in it fences every write of a worker whose lease went to another one. */
export const leaseRecords = (db: Database) => ({
  /**
   * The right to work on the migration for `ttlMs`: only when it is free, has run out or is this owner's already. Every call that succeeds gives a higher token,
   * so an earlier run by the same owner is fenced too. Null when another worker has it, or when there is nothing left to do.
   */
  async take(id: MigrationId, owner: string, ttlMs: number): Promise<Lease | null> {
    const rows = await db.$queryRaw<{ token: number }[]>`
      UPDATE migrations
      SET lease_owner = ${owner}, lease_token = lease_token + 1, lease_until = clock_timestamp() + ${ttlMs} * interval '1 millisecond'
      WHERE id = ${id}::uuid AND (ended_at IS NULL OR pending_work)
        AND (lease_owner IS NULL OR lease_owner = ${owner} OR lease_until < clock_timestamp())
      RETURNING lease_token AS token`;
    const row = rows[0];
    return row === undefined ? null : { migrationId: id, owner, token: row.token };
  },

  /** Extends the lease; false when it has gone to another owner or run: stop at once. */
  async renew(lease: Lease, ttlMs: number): Promise<boolean> {
    const count = await db.$executeRaw`
      UPDATE migrations SET lease_until = clock_timestamp() + ${ttlMs} * interval '1 millisecond'
      WHERE id = ${lease.migrationId}::uuid AND lease_token = ${lease.token} AND lease_owner = ${lease.owner}`;
    return count === 1;
  },

  /** Gives the lease up, if it is still this one. Calling again does nothing. */
  async release(lease: Lease): Promise<void> {
    await db.$executeRaw`
      UPDATE migrations SET lease_owner = NULL, lease_until = NULL
      WHERE id = ${lease.migrationId}::uuid AND lease_token = ${lease.token} AND lease_owner = ${lease.owner}`;
  },

  /** What the reconciler has to start again: not ended or with work left, and under no live lease. Oldest first. */
  async unfinished(): Promise<OrphanedMigration[]> {
    const rows = await db.$queryRaw<{ id: string; status: MigrationStatus; pendingWork: boolean; createdAt: Date }[]>`
      SELECT id, status, pending_work AS "pendingWork", created_at AS "createdAt" FROM migrations
      WHERE (status = ANY (${workingStatuses}) OR pending_work) AND (lease_until IS NULL OR lease_until < clock_timestamp())
      ORDER BY created_at, id`;
    return rows.map((row) => ({ ...row, id: migrationId(row.id) }));
  },
});
