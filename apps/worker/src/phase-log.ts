import { type MigrationOrder, type MigrationStore, mayBecome, migrationTypeOf, type Phase, type StepLog, statusOfPhase } from "@ferry/core";

/** A step log that moves the migration's status along when a step of a new phase starts: the status is written first, then the step. */
export function followPhases(log: StepLog, store: MigrationStore, order: Pick<MigrationOrder, "mode" | "status">): StepLog {
  let current = order.status;
  const statusOf = (phase: Phase) => statusOfPhase(migrationTypeOf(order.mode), phase);
  const isNews = (phase: Phase): boolean => statusOf(phase) !== current && mayBecome(current, statusOf(phase));
  const started: StepLog["started"] = async (step) => {
    if (isNews(step.phase)) {
      await store.setStatus(statusOf(step.phase));
      current = statusOf(step.phase);
    }
    await log.started(step);
  };
  return {
    records: () => log.records(),
    started,
    done: async (step, next) => {
      if (!next || !isNews(next.phase)) return log.done(step, next);
      await log.done(step);
      await started(next);
    },
    failed: (step) => log.failed(step),
    undone: (step) => log.undone(step),
    undoFailed: (step) => log.undoFailed(step),
  };
}
