import { describe, expect, it } from "vitest";
import { assertInvariants, type Side } from "./support/invariants.ts";
import { atPoint, dying, failing } from "./support/once.ts";
import { richMoves } from "./support/scenario.ts";
import { stepNames as names, pivotIndex as pivot, stepsToTry } from "./support/steps.ts";
import { worlds } from "./support/suite.ts";

const inWorld = worlds();

/** A step that fails before the point of no return turns the move back; the pivot itself is asked what became of it. */
function afterFailure(step: string, point: "before" | "after"): Side {
  const at = names.indexOf(step);
  return at < pivot || (at === pivot && point === "before") ? "source" : "destination";
}

/** A new worker goes on where the dead one stopped; a transfer that never began is not begun again. */
const afterDeath = (step: string, point: "before" | "after"): Side =>
  names.indexOf(step) === pivot && point === "before" ? "source" : "destination";

describe.concurrent.each(richMoves)("every step of a move: $name", (scenario) => {
  for (const step of stepsToTry(scenario)) {
    for (const point of ["before", "after"] as const) {
      it(`${step} fails ${point} its effect`, async () => {
        await inWorld(scenario, async (world) => {
          const faults = atPoint(point, step, failing);
          await world.run(faults);
          await world.recover();
          expect(faults.struck()).toBe(1);
          await assertInvariants(world, afterFailure(step, point));
        });
      });

      it(`the worker dies ${point} the effect of ${step}`, async () => {
        await inWorld(scenario, async (world) => {
          const faults = atPoint(point, step, dying);
          await world.run(faults);
          expect(faults.struck()).toBe(1);
          await world.recover();
          await assertInvariants(world, afterDeath(step, point));
        });
      });
    }
  }
});
