/**
 * Injection points for tests. `before`/`after` are around a step's effect; `after` is "effect happened, answer lost". The undo points are the
 * same around an undo. A probe that throws `ProcessDeath` makes the engine stop as a killed process would: without another word in the log.
 */
export const faultPoints = ["before", "after", "before-undo", "after-undo"] as const;
export type FaultPoint = (typeof faultPoints)[number];

export type FaultProbe = (point: FaultPoint, step: string) => void | Promise<void>;

export const noFaults: FaultProbe = () => undefined;

/** Stands for `kill -9` inside one process: nothing is recorded, nothing is undone. */
export class ProcessDeath extends Error {
  override readonly name = "ProcessDeath";
  constructor() {
    super("the process died here");
  }
}
