import { applyFirewallTopic, importImageTopic, runMigrationTopic, runServerTaskTopic } from "@ferry/store";
import type { Worker } from "./dependencies.ts";

/** Starts work anew under a job id of its own, because the queue ignores a second job of the same id. */
export type RunAgain = (topic: string, key: string, attempt: string) => Promise<void>;

/**
 * Takes no input but the record: every migration, every action on a server and every change of its firewall that is not finished and that no worker
 * holds is run again, and so is the reading of an image. What that run does is decided from the record and from what the hosts say.
 */
export async function reconcile({ store, log, clock }: Pick<Worker, "store" | "log" | "clock">, runAgain: RunAgain): Promise<void> {
  for (const { id, status, pendingWork } of await store.leases.unfinished()) {
    log.info({ migration: id, status, pendingWork }, "taking up an unfinished migration");
    await runAgain(runMigrationTopic, id, clock.now().toString(36));
  }
  for (const id of await store.taskLeases.unfinished()) {
    log.info({ task: id }, "taking up an unfinished action on a server");
    await runAgain(runServerTaskTopic, id, clock.now().toString(36));
  }
  for (const id of await store.images.unread()) {
    log.info({ image: id }, "reading an image of a host");
    await runAgain(importImageTopic, id, clock.now().toString(36));
  }
  for (const id of await store.serverFirewalls.pending()) await runAgain(applyFirewallTopic, id, clock.now().toString(36));
}
