import { describe, it } from "vitest";
import { assertInvariants } from "./support/invariants.ts";
import { allMoves } from "./support/scenario.ts";
import { worlds } from "./support/suite.ts";

const inWorld = worlds();

describe.concurrent("a move without faults", () => {
  for (const scenario of allMoves) {
    it(`ends at the destination: ${scenario.name}`, async () => {
      await inWorld(scenario, async (world) => {
        await world.run();
        await assertInvariants(world, "destination");
      });
    });
  }
});
