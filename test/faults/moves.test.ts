import { afterAll, beforeAll, describe, it } from "vitest";
import { type Fleet, openFleet } from "./support/fleet.ts";
import { assertInvariants } from "./support/invariants.ts";
import { allMoves } from "./support/scenario.ts";
import { World } from "./support/world.ts";

let fleet: Fleet;
beforeAll(async () => {
  fleet = await openFleet();
});
afterAll(() => fleet.close());

describe.concurrent("a move without faults", () => {
  for (const scenario of allMoves) {
    it(`ends at the destination: ${scenario.name}`, async () => {
      const world = await World.open(fleet, scenario);
      await world.run();
      await assertInvariants(world, "destination");
      await world.close();
    });
  }
});
