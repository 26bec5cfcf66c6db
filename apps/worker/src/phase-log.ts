import { type MigrationStatus, type MigrationStore, mayBecome, type StepLog, statusOfPhase } from "@ferry/core";

/** A step log that moves the migration's status along when a step of a new phase starts. */
export function followPhases(log: StepLog, store: MigrationStore, status: MigrationStatus): StepLog {
  let current = status;
  return {
    records: () => log.records(),
    done: (step) => log.done(step),
    failed: (step) => log.failed(step),
    undone: (step) => log.undone(step),
    undoFailed: (step) => log.undoFailed(step),
    started: async (step) => {
      const wanted = statusOfPhase[step.phase];
      if (wanted !== current && mayBecome(current, wanted)) {
        await store.setStatus(wanted);
        current = wanted;
      }
      await log.started(step);
    },
  };
}
