import type { ErrorCode } from "../errors.ts";
import type { MigrationId } from "../ids.ts";
import type { Phase } from "../migration-state.ts";

/** `started` without an end means: may have run. `undone` ends a step that was reverted, `undo-failed` is repeated by the reconciler. */
export type StepState = "started" | "done" | "failed" | "undone" | "undo-failed";

export interface StepRecord {
  readonly name: string;
  readonly phase: Phase;
  readonly state: StepState;
  /** JSON value that the step returned; null until done. */
  readonly output: unknown;
  /** Public sentence of the step's own failure, if any. It stays known while the step is undone. */
  readonly problem: string | null;
  /** The code that belongs to `problem`; null also in a record of an older release. */
  readonly problemCode: ErrorCode | null;
  /** Public sentence of why the last undo failed, if it did. */
  readonly undoProblem: string | null;
  readonly attempts: number;
}

/**
 * The record of one run of a plan. Every write carries the lease's fencing token; the store refuses a stale one with STEP_FENCED, so an older
 * worker that wakes up can do no harm to the record.
 */
export interface StepLog {
  records(): Promise<StepRecord[]>;
  started(step: { name: string; phase: Phase }): Promise<void>;
  /** Ends a step; with `next`, the step that follows is started in the same write. */
  done(step: { name: string; output: unknown }, next?: { name: string; phase: Phase }): Promise<void>;
  failed(step: { name: string; problem: string; code: ErrorCode }): Promise<void>;
  undone(step: { name: string }): Promise<void>;
  undoFailed(step: { name: string; problem: string }): Promise<void>;
}

/** A worker's right to work on a migration. `token` grows with every new owner. */
export interface Lease {
  readonly migrationId: MigrationId;
  readonly owner: string;
  readonly token: number;
}
