import { describe, expect, it } from "vitest";
import { assertInvariants } from "./support/invariants.ts";
import { atPoint } from "./support/once.ts";
import { richMoves } from "./support/scenario.ts";
import { stepsToTry } from "./support/steps.ts";
import { worlds } from "./support/suite.ts";
import type { World } from "./support/world.ts";

const inWorld = worlds();

/** Starts a worker and stops it in its tracks at that point; it goes on when told to, as if nothing had happened. */
async function stalled(world: World, point: "before" | "after", step: string): Promise<{ goOn: () => Promise<void> }> {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const run = world.run(
    atPoint(point, step, async () => {
      reached.resolve();
      await released.promise;
    }),
  );
  await Promise.race([reached.promise, run]);
  const goOn = async (): Promise<void> => {
    released.resolve();
    await run;
  };
  return { goOn };
}

describe.concurrent("a job that is delivered twice", () => {
  it("is run by one worker only", async () => {
    await inWorld(richMoves[0] ?? never(), async (world) => {
      await Promise.all([world.run(), world.run(), world.run()]);
      await assertInvariants(world, "destination");
      expect(world.source.faults.trace.filter((call) => call === "domainMigratePerform3Params")).toHaveLength(1);
    });
  });
});

describe.concurrent.each(richMoves)("a worker that wakes up after another took its migration over: $name", (scenario) => {
  for (const step of stepsToTry(scenario)) {
    for (const point of ["before", "after"] as const) {
      it(`${point} the effect of ${step} does no harm`, async () => {
        await inWorld(scenario, async (world) => {
          const sleeper = await stalled(world, point, step);
          await world.recover();
          await sleeper.goOn();
          await world.recover();
          await assertInvariants(world);
        });
      });
    }
  }
});

function never(): never {
  throw new Error("there are no scenarios");
}
