import type { MigrationStatus } from "@ferry/core";
import type { ActionScope } from "./action-events.ts";
import { beginEvent, finishEvents, markFailed } from "./action-writes.ts";
import type { Transaction } from "./database.ts";

/** Nova's instance action of a cold migration, and of a saved or offline one, for which Nova has no name; of a cold one to another size. */
export type ColdAction = "migrate" | "resize";
const conductorEvent = "conductor_migrate_server";

/** Opens the action with its first event. */
export async function openColdMigrationAction(
  tx: Transaction,
  action: { serverId: string; requestId: string; userId: string; projectId: string },
  name: ColdAction = "migrate",
): Promise<void> {
  await tx.instanceAction.create({ data: { ...action, action: name } });
  await beginEvent(tx, action, conductorEvent, null);
}

/** Which event begins with a status, and on which host; the one before it ends. */
const beginning: Partial<Record<MigrationStatus, { readonly event: string; readonly side: "source" | "destination" }>> = {
  "pre-migrating": { event: "compute_prep_resize", side: "destination" },
  migrating: { event: "compute_resize_instance", side: "source" },
  "post-migrating": { event: "compute_finish_resize", side: "destination" },
  confirming: { event: "compute_confirm_resize", side: "source" },
  reverting: { event: "compute_revert_resize", side: "destination" },
};

const bad: readonly MigrationStatus[] = ["cancelled", "failed", "error"];

/** The events that begin and end when a migration that is not live goes from one status to the next one. */
export async function tellColdAction(tx: Transaction, scope: ActionScope, to: MigrationStatus, problem: string | null): Promise<void> {
  if (bad.includes(to)) {
    await finishEvents(tx, scope, "Error", problem);
    await markFailed(tx, scope);
    return;
  }
  await finishEvents(tx, scope, "Success", null);
  const next = beginning[to];
  if (next) await beginEvent(tx, scope, next.event, next.side === "source" ? scope.sourceHost : scope.destinationHost);
}
