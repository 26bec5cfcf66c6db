/**
 * Statuses of a migration in Nova's words and the transitions that are legal. `post-migrating` is ferry's cleanup phase: the guest already
 * runs at the destination. `error` ends a migration whose checks refused it or whose outcome needs a person; `failed` one that was undone.
 */
export const migrationStatuses = [
  "accepted",
  "queued",
  "preparing",
  "running",
  "post-migrating",
  "completed",
  "cancelled",
  "failed",
  "error",
] as const;
export type MigrationStatus = (typeof migrationStatuses)[number];

/** ferry's four phases of a migration, in order. */
export const phases = ["check", "setup", "migrate", "cleanup"] as const;
export type Phase = (typeof phases)[number];

const transitions: Record<MigrationStatus, readonly MigrationStatus[]> = {
  accepted: ["queued", "preparing", "cancelled", "failed", "error"],
  queued: ["preparing", "cancelled", "failed", "error"],
  preparing: ["running", "cancelled", "failed", "error"],
  running: ["post-migrating", "cancelled", "failed", "error"],
  "post-migrating": ["completed", "error"],
  completed: [],
  cancelled: [],
  failed: [],
  error: [],
};

/** The status shown while the given phase runs. */
export const statusOfPhase: Record<Phase, MigrationStatus> = {
  check: "queued",
  setup: "preparing",
  migrate: "running",
  cleanup: "post-migrating",
};

export const isFinal = (status: MigrationStatus): boolean => transitions[status].length === 0;
export const mayBecome = (from: MigrationStatus, to: MigrationStatus): boolean => from === to || transitions[from].includes(to);

/** Statuses that Nova's `GET /servers/{id}/migrations` lists. */
export const inProgressStatuses = ["queued", "preparing", "running", "post-migrating"] as const satisfies readonly MigrationStatus[];

/** Statuses in which the holder of the migration slot of a server is still at work. */
export const unfinishedStatuses = migrationStatuses.filter((status) => !isFinal(status));

/** Statuses in which an abort is accepted (Nova 2.65: queued, preparing and running; `accepted` is ferry's earliest). */
export const abortableStatuses = ["accepted", "queued", "preparing", "running"] as const satisfies readonly MigrationStatus[];
