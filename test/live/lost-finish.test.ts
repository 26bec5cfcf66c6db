import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { move } from "./support/moves.ts";
import type { MovingGuest } from "./support/moving-guest.ts";
import { assertTruth } from "./support/truth.ts";
import { World } from "./support/world.ts";

const TIMES = 4;

describe("the answer of Finish is lost: the destination's connection is cut 2 ms after the call", () => {
  let world: World;
  let guest: MovingGuest;

  beforeAll(async () => {
    world = await World.open();
    guest = await world.startGuest({ name: "lost-finish", host: "compute1" });
    await guest.inside.dirty(4, 16);
    await world.stack.end("worker", "SIGTERM");
    await world.stack.startProcess("worker", { FERRY_CUT: "domainMigrateFinish3Params:2" });
  });

  afterAll(() => World.close(world));

  test.each(Array.from({ length: TIMES }, (_, index) => index + 1))(
    "time %i: the guest runs exactly once, and the record says where",
    async () => {
      const to = guest.at === "compute1" ? "compute2" : "compute1";
      const record = await move(world, guest, { transport: "direct" });
      expect(await world.stack.log("worker"), "the cut is logged").toContain("connection cut on request");
      expect(["completed", "failed"]).toContain(record.status);
      await assertTruth(world, guest, record.status === "completed" ? to : guest.at, 20_000);
    },
  );
});
