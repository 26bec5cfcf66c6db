import type { MigrationStatus, MigrationStore, Phase, StepLog } from "@ferry/core";
import { describe, expect, it } from "vitest";
import { followPhases } from "../src/phase-log.ts";

function recorder(status: MigrationStatus): { log: StepLog; said: string[] } {
  const said: string[] = [];
  const inner = new Proxy({} as StepLog, { get: (_target, name) => async () => void said.push(String(name)) });
  const store = { setStatus: async (next: MigrationStatus) => void said.push(`status ${next}`) } as Pick<
    MigrationStore,
    "setStatus"
  > as MigrationStore;
  return { log: followPhases(inner, store, status), said };
}

const start = (log: StepLog, ...phases: Phase[]): Promise<void> =>
  phases.reduce((before, phase) => before.then(() => log.started({ name: phase, phase })), Promise.resolve());

describe("followPhases", () => {
  it("sets the status once per phase, before the step's record", async () => {
    const { log, said } = recorder("accepted");
    await start(log, "check", "setup", "setup", "migrate", "cleanup");
    expect(said).toEqual([
      "status queued",
      "started",
      "status preparing",
      "started",
      "started",
      "status running",
      "started",
      "status post-migrating",
      "started",
    ]);
  });

  it("never sets a status back when a plan is taken up again", async () => {
    const { log, said } = recorder("post-migrating");
    await start(log, "migrate", "cleanup");
    expect(said).toEqual(["started", "started"]);
  });
});
