import { abortableStatuses, fail, isFinal, type MigrationStatus, type ServerId } from "@ferry/core";
import { recordAbortAction } from "./action-events.ts";
import type { Database, Transaction } from "./database.ts";
import { type NewEvent, withEvents } from "./events.ts";

export interface AbortRequest {
  readonly serverId: ServerId;
  /** Nova's integer id of the migration. */
  readonly number: number;
  readonly requestId: string;
  readonly projectId: string;
  readonly userId: string;
}

/**
 * Asks the worker of that migration to give it up. Asking again changes nothing. Throws MIGRATION_NOT_FOUND, MIGRATION_NOT_IN_PROGRESS,
 * MIGRATION_NOT_ABORTABLE, MIGRATION_UNSTOPPABLE.
 */
export async function requestAbort(db: Database, request: AbortRequest): Promise<void> {
  await withEvents(db, async (tx, tell) => {
    const migration = await lockMigration(tx, request);
    refuseUnlessAbortable(request, migration);
    if (migration.abortRequestedAt !== null) return;
    await tx.migration.update({ where: { id: migration.id }, data: { abortRequestedAt: new Date() } });
    const { serverId, number, requestId, userId } = request;
    await recordAbortAction(tx, { serverId, requestId, userId, projectId: request.projectId }, migration.sourceHost);
    const { projectId } = migration;
    tell({ kind: "migration.abort-requested", migrationId: migration.id, serverId, projectId, data: { number } });
  });
}

/** Asks the migration of the server, if one is under way that may still be aborted, to give up. */
export async function abortOfServer(
  tx: Transaction,
  tell: (event: NewEvent) => void,
  { serverId }: Pick<AbortRequest, "serverId">,
): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string; number: number; projectId: string }[]>`
    UPDATE migrations m SET abort_requested_at = clock_timestamp() FROM migration_slots l, servers s
    WHERE l.migration_id = m.id AND s.id = m.server_id AND m.server_id = ${serverId}::uuid AND m.abort_requested_at IS NULL
      AND m.status = ANY (${[...abortableStatuses]})
    RETURNING m.id, m.number, s.project_id AS "projectId"`;
  for (const { id, number, projectId } of rows)
    tell({ kind: "migration.abort-requested", migrationId: id, serverId, projectId, data: { number } });
}

/** Which of these migrations were asked to give up. */
export async function abortsAmong(db: Database, ids: readonly string[]): Promise<string[]> {
  const rows = await db.migration.findMany({ where: { id: { in: [...ids] }, abortRequestedAt: { not: null } }, select: { id: true } });
  return rows.map((row) => row.id);
}

interface LockedMigration {
  readonly id: string;
  readonly status: MigrationStatus;
  readonly abortRequestedAt: Date | null;
  readonly sourceHost: string;
  readonly projectId: string;
  readonly mode: string;
  readonly hypervisor: string | null;
  /** Whether the source's hypervisor can break off a transfer that has begun; as long as it is not known, yes. */
  readonly aborts: boolean;
}

async function lockMigration(tx: Transaction, { serverId, number }: AbortRequest): Promise<LockedMigration> {
  const rows = await tx.$queryRaw<LockedMigration[]>`
    SELECT m.id, m.status, m.abort_requested_at AS "abortRequestedAt", m.source_host AS "sourceHost", s.project_id AS "projectId", m.mode,
      h.facts ->> 'hypervisorType' AS hypervisor, coalesce((h.facts #>> '{moves,aborts}')::boolean, true) AS aborts
    FROM migrations m JOIN servers s ON s.id = m.server_id LEFT JOIN hosts h ON h.id = m.source_host_id
    WHERE m.server_id = ${serverId}::uuid AND m.number = ${number} FOR NO KEY UPDATE OF m`;
  const row = rows[0];
  if (row === undefined) throw fail("MIGRATION_NOT_FOUND", { id: String(number), server: serverId });
  return row;
}

function refuseUnlessAbortable({ number, serverId }: AbortRequest, migration: LockedMigration): void {
  const { status, mode, aborts, sourceHost: host } = migration;
  if (isFinal(status)) throw fail("MIGRATION_NOT_IN_PROGRESS", { id: number, server: serverId });
  const abortable: readonly MigrationStatus[] = abortableStatuses;
  if (!abortable.includes(status)) throw fail("MIGRATION_NOT_ABORTABLE", { id: number, status });
  if (status === "running" && mode === "live" && !aborts)
    throw fail("MIGRATION_UNSTOPPABLE", { id: number, host, hypervisor: migration.hypervisor ?? "the hypervisor" });
}
