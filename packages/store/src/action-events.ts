import type { MigrationStatus } from "@ferry/core";
import { beginEvent as begin, finishEvents as finishOpen, markFailed, pointEvent as point } from "./action-writes.ts";
import type { Transaction } from "./database.ts";

/**
 * Nova's instance action of a live migration and the events under it, told from the migration's status. Names and order are Nova's; the outcome
 * of the move is readable from `compute_post_live_migration_at_destination`, which only a handover writes.
 */
export const liveMigrationAction = "live-migration";
const conductorEvent = "conductor_live_migrate_instance";
const checkEvent = "compute_check_can_live_migrate_destination";
const startEvent = "compute_live_migration";
const prepareEvent = "compute_pre_live_migration";
const arrivedEvent = "compute_post_live_migration_at_destination";
const rollbackEvent = "compute_rollback_live_migration_at_destination";

/** Which action, and where its events happen. */
export interface ActionScope {
  readonly serverId: string;
  readonly requestId: string;
  readonly sourceHost: string;
  readonly destinationHost: string | null;
}

/** Opens the action with its first event. */
export async function openLiveMigrationAction(
  tx: Transaction,
  action: { serverId: string; requestId: string; userId: string; projectId: string },
): Promise<void> {
  await tx.instanceAction.create({ data: { ...action, action: liveMigrationAction } });
  await begin(tx, action, conductorEvent, null);
}

/** The events that begin and end when a migration goes from one status to the next one. */
export async function tellAction(tx: Transaction, scope: ActionScope, to: MigrationStatus, problem: string | null): Promise<void> {
  switch (to) {
    case "queued":
      return await begin(tx, scope, checkEvent, scope.destinationHost);
    case "preparing":
      await finishOpen(tx, scope, "Success", null);
      await point(tx, scope, startEvent, scope.sourceHost);
      return await begin(tx, scope, prepareEvent, scope.destinationHost);
    case "running":
    case "post-migrating":
    case "completed":
      return await finishOpen(tx, scope, "Success", null);
    case "cancelled":
    case "failed":
    case "error":
      return await endBadly(tx, scope, problem);
    default:
      return;
  }
}

/** The destination runs the guest. */
export async function tellHandover(tx: Transaction, scope: ActionScope): Promise<void> {
  await finishOpen(tx, scope, "Success", null);
  await point(tx, scope, arrivedEvent, scope.destinationHost);
}

/** The destination was chosen while it was being checked: the open event happens there. */
export async function tellDestination(tx: Transaction, scope: ActionScope): Promise<void> {
  const { serverId, requestId } = scope;
  const where = { serverId, requestId, event: checkEvent, finishTime: null };
  await tx.instanceActionEvent.updateMany({ where, data: { host: scope.destinationHost } });
}

/** Nova's action of an abort, done as soon as it is asked for. */
export async function recordAbortAction(
  tx: Transaction,
  action: { serverId: string; requestId: string; userId: string; projectId: string },
  host: string,
): Promise<void> {
  await tx.instanceAction.create({ data: { ...action, action: "live_migration_cancel" } });
  await point(tx, action, "compute_live_migration_abort", host);
}

/** What is still open ends with Error; what was prepared at the destination has been rolled back there. */
async function endBadly(tx: Transaction, scope: ActionScope, problem: string | null): Promise<void> {
  const { serverId, requestId } = scope;
  const prepared = await tx.instanceActionEvent.count({ where: { serverId, requestId, event: prepareEvent } });
  await finishOpen(tx, scope, "Error", problem);
  if (prepared > 0) await point(tx, scope, rollbackEvent, scope.destinationHost);
  const errors = await tx.instanceActionEvent.count({ where: { serverId, requestId, result: "Error" } });
  if (errors > 0) await markFailed(tx, scope);
}
