import { afterAll, beforeAll } from "vitest";
import { type Fleet, openFleet } from "./fleet.ts";
import type { Scenario } from "./scenario.ts";
import { World } from "./world.ts";

/** Worlds for the tests of one file, over one record. Call it at the top of the file. */
export function worlds(): <T>(scenario: Scenario, work: (world: World) => Promise<T>) => Promise<T> {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await openFleet();
  });
  afterAll(() => fleet.close());
  return async (scenario, work) => {
    const world = await World.open(fleet, scenario);
    try {
      return await work(world);
    } finally {
      await world.close();
    }
  };
}
