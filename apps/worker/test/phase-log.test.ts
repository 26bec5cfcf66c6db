import type { MigrationStatus, MigrationStore, MoveMode, Phase, StepLog } from "@ferry/core";
import { describe, expect, it } from "vitest";
import { followPhases } from "../src/phase-log.ts";

function recorder(status: MigrationStatus, mode: MoveMode = "live"): { log: StepLog; said: string[] } {
  const said: string[] = [];
  const inner = new Proxy({} as StepLog, { get: (_target, name) => async () => void said.push(String(name)) });
  const store = { setStatus: async (next: MigrationStatus) => void said.push(`status ${next}`) } as Pick<
    MigrationStore,
    "setStatus"
  > as MigrationStore;
  return { log: followPhases(inner, store, { status, mode }), said };
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

  it("says Nova's other words for a move that is not live", async () => {
    const { log, said } = recorder("accepted", "cold");
    await start(log, "check", "setup", "migrate", "cleanup");
    expect(said.filter((one) => one.startsWith("status"))).toEqual(["status pre-migrating", "status migrating", "status post-migrating"]);
  });

  it.each(["confirming", "reverting"] as const)("leaves the status %s alone", async (status) => {
    const { log, said } = recorder(status, "cold");
    await start(log, "migrate", "cleanup");
    expect(said).toEqual(["started", "started"]);
  });

  it("never sets a status back when a plan is taken up again", async () => {
    const { log, said } = recorder("post-migrating");
    await start(log, "migrate", "cleanup");
    expect(said).toEqual(["started", "started"]);
  });
});
