import { describe, it } from "vitest";
import { assertColdEnd } from "./support/cold-ends.ts";
import { coldMoves, stateMoves } from "./support/scenario.ts";
import { worlds } from "./support/suite.ts";

const inWorld = worlds();

describe.concurrent("a move that is not live, without faults", () => {
  for (const scenario of stateMoves) {
    it(`ends at the destination: ${scenario.name}`, async () => {
      await inWorld(scenario, async (world) => {
        await world.run();
        await assertColdEnd(world, "moved");
      });
    });
  }

  for (const scenario of coldMoves) {
    it(`waits at the destination, and is confirmed: ${scenario.name}`, async () => {
      await inWorld(scenario, async (world) => {
        await world.run();
        await assertColdEnd(world, "waiting");
        await world.settle("confirm");
        await world.run();
        await assertColdEnd(world, "confirmed");
      });
    });

    it(`waits at the destination, and is reverted: ${scenario.name}`, async () => {
      await inWorld(scenario, async (world) => {
        await world.run();
        await world.settle("revert");
        await world.run();
        await assertColdEnd(world, "reverted");
      });
    });
  }

  it("ends a guest that does not obey, and only after it was asked for a while", async () => {
    const [scenario] = coldMoves;
    if (!scenario) throw new Error("there are no scenarios");
    await inWorld({ ...scenario, deaf: true }, async (world) => {
      await world.run();
      await assertColdEnd(world, "waiting");
    });
  });
});
