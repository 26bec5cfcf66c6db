import { fail, judgeAction, type MigrationStatus, migrationId, type ServerId, type TaskState, type VmState } from "@ferry/core";
import { type AcceptedMigration, runMigrationTopic } from "./accept-migration.ts";
import { tellColdAction } from "./cold-action-events.ts";
import type { Database, Transaction } from "./database.ts";
import { type NewEvent, withEvents } from "./events.ts";

/** A cold migration that is finished is confirmed, or taken back. */
export interface SettleRequest {
  readonly serverId: ServerId;
  readonly verdict: "confirm" | "revert";
  readonly requestId: string;
  readonly projectId: string;
  readonly userId: string;
}

const words = {
  confirm: { action: "confirmResize", status: "confirming", taskState: "resize_confirming" },
  revert: { action: "revertResize", status: "reverting", taskState: "resize_reverting" },
} as const satisfies Record<SettleRequest["verdict"], { action: string; status: MigrationStatus; taskState: TaskState }>;

/**
 * Accepts the verdict in one transaction: server and migration by compare-and-set, Nova's instance action, the job, the event. From here on the
 * migration's own job goes on, under the request that gave the verdict. Throws SERVER_NOT_FOUND, SERVER_WRONG_STATE, SERVER_NOT_RESIZED.
 */
export async function settleMigration(db: Database, request: SettleRequest): Promise<AcceptedMigration> {
  const { action, status, taskState } = words[request.verdict];
  return await withEvents(db, async (tx, tell) => {
    const { serverId, requestId, userId, projectId } = request;
    await takeServer(tx, serverId, action);
    const { id, number, ...row } = await takeMigration(tx, serverId);
    await tx.server.update({ where: { id: serverId }, data: { taskState } });
    await tx.migration.update({ where: { id }, data: { status, requestId } });
    await tx.instanceAction.create({ data: { serverId, requestId, userId, projectId, action } });
    await tellColdAction(tx, { serverId, requestId, sourceHost: row.sourceHost, destinationHost: row.destinationHost }, status, null);
    await tx.outbox.create({ data: { topic: runMigrationTopic, key: id } });
    const scope = { migrationId: id, serverId, projectId: row.projectId };
    tell({ ...scope, kind: "migration.status", data: { status, from: "finished", problem: null, code: null } });
    tell({ ...scope, kind: "server.changed", data: { task_state: taskState } });
    return { id: migrationId(id), number };
  });
}

/**
 * Confirms the server's cold migration if it is finished, because the server is to go: what was kept at the source goes with it. Nothing happens when
 * none waits for a verdict. It goes on under the request that asked for the migration.
 */
export async function confirmFinished(tx: Transaction, tell: (event: NewEvent) => void, serverId: string): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string; projectId: string }[]>`
    UPDATE migrations m SET status = 'confirming' FROM servers s
    WHERE s.id = m.server_id AND m.server_id = ${serverId}::uuid AND m.status = 'finished' AND NOT m.pending_work
    RETURNING m.id, s.project_id AS "projectId"`;
  for (const { id, projectId } of rows) {
    await tx.outbox.create({ data: { topic: runMigrationTopic, key: id } });
    const data = { status: "confirming", from: "finished", problem: null, code: null };
    tell({ kind: "migration.status", migrationId: id, serverId, projectId, data });
  }
}

async function takeServer(tx: Transaction, id: ServerId, action: "confirmResize" | "revertResize"): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM servers WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const row = await tx.server.findUnique({ where: { id }, select: { vmState: true, taskState: true } });
  if (row === null || row.vmState === "deleted") throw fail("SERVER_NOT_FOUND", { id });
  const verdict = judgeAction(action, row.vmState as VmState, row.taskState as TaskState | null);
  if (!verdict.allowed) throw fail("SERVER_WRONG_STATE", { action, id, attribute: verdict.attribute, value: verdict.value });
}

interface FinishedMigration {
  readonly id: string;
  readonly number: number;
  readonly sourceHost: string;
  readonly destinationHost: string | null;
  readonly projectId: string;
}

async function takeMigration(tx: Transaction, serverId: ServerId): Promise<FinishedMigration> {
  const rows = await tx.$queryRaw<FinishedMigration[]>`
    SELECT m.id, m.number, m.source_host AS "sourceHost", m.destination_host AS "destinationHost", s.project_id AS "projectId"
    FROM migrations m JOIN servers s ON s.id = m.server_id
    WHERE m.server_id = ${serverId}::uuid AND m.status = 'finished' AND NOT m.pending_work FOR NO KEY UPDATE OF m`;
  const row = rows[0];
  if (row === undefined) throw fail("SERVER_NOT_RESIZED");
  return row;
}
