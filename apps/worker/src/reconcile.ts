import type { Worker } from "./dependencies.ts";

/** Starts a migration anew under a job id of its own, because the queue ignores a second job of the same id. */
export type RunAgain = (migrationId: string, attempt: string) => Promise<void>;

/**
 * Takes no input but the record: every migration that is not finished and that no worker holds is run again. What that run does, the plan
 * decides from the step log and from what both hosts say.
 */
export async function reconcile({ store, log, clock }: Pick<Worker, "store" | "log" | "clock">, runAgain: RunAgain): Promise<void> {
  for (const { id, status, pendingWork } of await store.leases.unfinished()) {
    log.info({ migration: id, status, pendingWork }, "taking up an unfinished migration");
    await runAgain(id, clock.now().toString(36));
  }
}
