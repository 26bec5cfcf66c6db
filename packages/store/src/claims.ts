import { fail, type HostId, type Lease, type MigrationStore } from "@ferry/core";
import type { Database, Transaction } from "./database.ts";
import { type FencedMigration, fenced, type TellMigration } from "./fence.ts";
import { Prisma } from "./generated/client.ts";

type ClaimRequest = Parameters<MigrationStore["claim"]>[0];

/**
 * Capacity reserved on hosts. The claim of a migration on a host is one row, so claiming twice is one claim and releasing twice frees once; the sum is made
 * under a lock on the host, so two migrations never count the same free memory.
 */
export const claimRecords = (db: Database, lease: Lease) => ({
  async claim(request: ClaimRequest): Promise<void> {
    await fenced(db, lease, async (tx, migration, tell) => {
      const host = await lockHostForClaim(tx, request.hostId);
      const freeMiB = request.availableMiB - (await sumOfOthers(tx, request.hostId, migration.id));
      if (freeMiB < request.memoryMiB && !request.force) {
        throw fail("CAPACITY_SHORT", { host, needMiB: request.memoryMiB, freeMiB: Math.max(0, freeMiB) });
      }
      const { hostId, memoryMiB, vcpus, diskBytes } = request;
      const amounts = { memoryMiB, vcpus, diskBytes: BigInt(diskBytes) };
      const key = { migrationId: migration.id, hostId };
      await tx.claim.upsert({ where: { migrationId_hostId: key }, create: { ...key, ...amounts }, update: amounts });
      tell({ kind: "migration.claim", hostId, data: { held: true, memory_mib: memoryMiB, vcpus, disk_bytes: diskBytes } });
    });
  },

  async releaseClaim(hostId: HostId): Promise<void> {
    await fenced(db, lease, (tx, migration, tell) => freeClaims(tx, migration, tell, hostId));
  },

  claimedMiB: (hostId: string): Promise<number> => sumOfOthers(db, hostId, lease.migrationId),
});

/** Frees the migration's claim on that host, or all that it has. */
export async function freeClaims(tx: Transaction, { id }: FencedMigration, tell: TellMigration, only?: HostId): Promise<void> {
  const where = only === undefined ? Prisma.empty : Prisma.sql`AND host_id = ${only}::uuid`;
  const freed = await tx.$queryRaw<
    { hostId: string }[]
  >`DELETE FROM claims WHERE migration_id = ${id}::uuid ${where} RETURNING host_id AS "hostId"`;
  for (const { hostId } of freed) tell({ kind: "migration.claim", hostId, data: { held: false } });
}

export async function lockHostForClaim(tx: Transaction, id: string): Promise<string> {
  const rows = await tx.$queryRaw<{ name: string }[]>`SELECT name FROM hosts WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const row = rows[0];
  if (row === undefined) throw fail("HOST_NOT_FOUND", { id });
  return row.name;
}

/** MiB that others hold on the host: claims of migrations, and servers that are being made there. */
export async function sumOfOthers(tx: Transaction | Database, hostId: string, own: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ sum: number }[]>`
    SELECT coalesce(sum(held.memory_mib), 0)::int AS sum FROM (
      SELECT memory_mib FROM claims WHERE host_id = ${hostId}::uuid AND migration_id <> ${own}::uuid
      UNION ALL
      SELECT memory_mib FROM servers WHERE host_id = ${hostId}::uuid AND vm_state = 'building' AND id <> ${own}::uuid
    ) held`;
  return row?.sum ?? 0;
}
