import { type MigrationStatus, type MigrationStore, mayBecome, type Phase, type StepLog, statusOfPhase } from "@ferry/core";

/** A step log that moves the migration's status along when a step of a new phase starts: the status is written first, then the step. */
export function followPhases(log: StepLog, store: MigrationStore, status: MigrationStatus): StepLog {
  let current = status;
  const isNews = (phase: Phase): boolean => statusOfPhase[phase] !== current && mayBecome(current, statusOfPhase[phase]);
  const started: StepLog["started"] = async (step) => {
    if (isNews(step.phase)) {
      await store.setStatus(statusOfPhase[step.phase]);
      current = statusOfPhase[step.phase];
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
