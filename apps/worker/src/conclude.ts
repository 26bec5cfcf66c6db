import type { MigrationStatus, MigrationStore } from "@ferry/core";
import type { RunResult } from "@ferry/engine";

/** What the record says after a run. `pending` means that the reconciler runs the plan again. */
export interface Conclusion {
  readonly status: MigrationStatus | null;
  readonly stays: boolean;
  readonly pending: boolean;
}

/** The plan's first step, whose failure is a refusal, and the status that its good end gives. */
export interface Ends {
  readonly firstStep: string;
  readonly end: MigrationStatus;
}

/**
 * Pure: how a run's result is told. A refusal by the checks is Nova's `error`, an undone transfer `failed`, an abort `cancelled`. What is not
 * decided or not cleaned up keeps its status and stays pending.
 */
export function conclude(result: RunResult, { firstStep, end }: Ends): Conclusion {
  switch (result.kind) {
    case "completed":
      return { status: end, stays: false, pending: false };
    case "undone":
    case "undo-pending":
      return { status: endOf(result.problem.code, result.step === firstStep), stays: true, pending: result.kind === "undo-pending" };
    case "forward-pending":
    case "undecided":
      return { status: null, stays: false, pending: true };
  }
}

function endOf(code: string, refusedByChecks: boolean): MigrationStatus {
  if (code === "ABORTED") return "cancelled";
  return refusedByChecks ? "error" : "failed";
}

/** Writes the conclusion, the pending mark first: after a crash in between the reconciler still finds it. */
export async function recordConclusion(result: RunResult, ends: Ends, store: MigrationStore): Promise<Conclusion> {
  const conclusion = conclude(result, ends);
  const detail = result.kind === "completed" ? undefined : { problem: result.problem.message, code: result.problem.code };
  await store.setPendingWork(conclusion.pending, detail);
  if (conclusion.stays) await store.recordStay();
  if (conclusion.status) await store.setStatus(conclusion.status, detail);
  return conclusion;
}
