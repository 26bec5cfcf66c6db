import type { FaultPoint } from "@ferry/engine";
import type { TestWorker, WorkerFaults } from "./test-worker.ts";

/** Acts at one point of one step, `times` times, counted over all workers of a test. `struck` tells how often it did. */
export function atPoint(
  point: FaultPoint,
  step: string,
  act: (worker: TestWorker) => void | Promise<void>,
  times = 1,
): WorkerFaults & { struck: () => number } {
  let struck = 0;
  const probe: WorkerFaults = async (at, name, worker) => {
    if (at !== point || name !== step || struck >= times) return;
    struck++;
    await act(worker);
  };
  return Object.assign(probe, { struck: () => struck });
}

/** Fails there, as a step fails that something unexpected happened to. */
export const failing = (): never => {
  throw new Error("planned failure");
};

export const dying = (worker: TestWorker): never => worker.die();
