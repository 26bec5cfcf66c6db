import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BeatWatch } from "../lab/index.ts";
import { move } from "./support/moves.ts";
import type { MovingGuest } from "./support/moving-guest.ts";
import { assertRecordedTruth } from "./support/truth.ts";
import { World } from "./support/world.ts";

const CUT = "connection cut on request";

describe("the answer of Finish is lost: the destination's connection is cut right after the call", () => {
  let world: World;
  let guest: MovingGuest;

  beforeAll(async () => {
    world = await World.open();
    guest = await world.startGuest({ name: "lost-finish", host: "compute1" });
    await guest.inside.dirty(4, 16);
  });

  afterAll(() => World.close(world));

  test.each([2, 2, 0, 10])("%i ms after: the guest runs exactly once, and the record says where", async (afterMs) => {
    const { stack } = world;
    await stack.end("worker", "SIGTERM");
    await stack.startProcess("worker", { FERRY_CUT: `domainMigrateFinish3Params:${afterMs}` });
    const cutsBefore = await cuts();
    const beats = await BeatWatch.start(guest.inside.address);
    const record = await move(world, guest, { transport: "direct" });
    expect(await cuts(), "cuts of this move").toBe(cutsBefore + 1);
    expect(["completed", "failed"], record.problem?.sentence).toContain(record.status);
    await assertRecordedTruth(world, guest, record);
    expect(beats.stop().regressions, "beats of a second runner").toBe(0);
  });

  const cuts = async (): Promise<number> => (await world.stack.log("worker")).split(CUT).length - 1;
});
