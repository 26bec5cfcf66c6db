/**
 * Statuses of a migration in Nova's words and the transitions that are legal. `post-migrating` is ferry's cleanup phase: the guest already
 * runs at the destination. `error` ends a migration whose checks refused it or whose outcome needs a person; `failed` one that was undone.
 * A cold migration rests in `finished` until it is confirmed or reverted. An evacuation ends `done`, and is `completed` once its source has come back
 * and holds nothing of the guest any more.
 */
export const migrationStatuses = [
  "accepted",
  "queued",
  "preparing",
  "running",
  "pre-migrating",
  "migrating",
  "post-migrating",
  "finished",
  "confirming",
  "reverting",
  "done",
  "completed",
  "confirmed",
  "reverted",
  "cancelled",
  "failed",
  "error",
] as const;
export type MigrationStatus = (typeof migrationStatuses)[number];

/** ferry's four phases of a migration, in order. */
export const phases = ["check", "setup", "migrate", "cleanup"] as const;
export type Phase = (typeof phases)[number];

const transitions: Record<MigrationStatus, readonly MigrationStatus[]> = {
  accepted: ["queued", "preparing", "pre-migrating", "cancelled", "failed", "error"],
  queued: ["preparing", "cancelled", "failed", "error"],
  preparing: ["running", "cancelled", "failed", "error"],
  running: ["post-migrating", "cancelled", "failed", "error"],
  "pre-migrating": ["migrating", "post-migrating", "cancelled", "failed", "error"],
  migrating: ["post-migrating", "cancelled", "failed", "error"],
  "post-migrating": ["completed", "finished", "done", "error"],
  finished: ["confirming", "reverting"],
  confirming: ["confirmed", "error"],
  reverting: ["reverted", "error"],
  done: ["completed"],
  completed: [],
  confirmed: [],
  reverted: [],
  cancelled: [],
  failed: [],
  error: [],
};

/** It has ended. One that is `done` has too: its source, when it comes back, only has to be cleaned. */
export const isFinal = (status: MigrationStatus): boolean => status === "done" || transitions[status].length === 0;
/** Nobody works on it and nothing comes by itself: it has ended, or waits to be confirmed or reverted. */
export const isAtRest = (status: MigrationStatus): boolean => isFinal(status) || status === "finished";
export const mayBecome = (from: MigrationStatus, to: MigrationStatus): boolean => from === to || transitions[from].includes(to);

/** Statuses in which Nova's `GET /servers/{id}/migrations` lists a live migration. */
export const inProgressStatuses = ["queued", "preparing", "running", "post-migrating"] as const satisfies readonly MigrationStatus[];

/** Statuses in which the holder of the migration slot of a server is still at work. */
export const unfinishedStatuses = migrationStatuses.filter((status) => !isFinal(status));

/** Statuses in which a worker has something to do. */
export const workingStatuses = migrationStatuses.filter((status) => !isAtRest(status));

/**
 * Statuses in which an abort is accepted. Nova 2.65: queued, preparing and running, of live migrations only; ferry's are `accepted`, and those of a
 * move that is not live until its handover.
 */
export const abortableStatuses = [
  "accepted",
  "queued",
  "preparing",
  "running",
  "pre-migrating",
  "migrating",
] as const satisfies readonly MigrationStatus[];
