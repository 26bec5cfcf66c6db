import type { MigrationStatus } from "@ferry/core";
import type { ActionScope } from "./action-events.ts";
import { beginEvent, finishEvents, markFailed } from "./action-writes.ts";
import type { Transaction } from "./database.ts";

/** Nova's instance action of an evacuation, and its events. */
export const evacuateAction = "evacuate";
const conductorEvent = "rebuild_server";
const rebuildEvent = "compute_rebuild_instance";

/** Opens the action with its first event. */
export async function openEvacuateAction(
  tx: Transaction,
  action: { serverId: string; requestId: string; userId: string; projectId: string },
): Promise<void> {
  await tx.instanceAction.create({ data: { ...action, action: evacuateAction } });
  await beginEvent(tx, action, conductorEvent, null);
}

const bad: readonly MigrationStatus[] = ["cancelled", "failed", "error"];

/** The events that begin and end when an evacuation goes from one status to the next one. */
export async function tellEvacuation(tx: Transaction, scope: ActionScope, to: MigrationStatus, problem: string | null): Promise<void> {
  if (bad.includes(to)) {
    await finishEvents(tx, scope, "Error", problem);
    await markFailed(tx, scope);
    return;
  }
  await finishEvents(tx, scope, "Success", null);
  if (to === "pre-migrating") await beginEvent(tx, scope, rebuildEvent, scope.destinationHost);
}
