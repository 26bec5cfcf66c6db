import { coldMigration, confirmation, reversal, stateMigration } from "@ferry/migration";
import { describe, expect, it } from "vitest";
import { assertColdEnd, type ColdEnd } from "./support/cold-ends.ts";
import { atPoint, dying, failing } from "./support/once.ts";
import { coldMoves, resizes, type Scenario, stateMoves } from "./support/scenario.ts";
import { worlds } from "./support/suite.ts";
import type { WorkerFaults } from "./support/test-worker.ts";

const inWorld = worlds();
const points = ["before", "after"] as const;

const [rich, off] = coldMoves;
const [saved, , , offline] = stateMoves;
const chosen = (...scenarios: readonly (Scenario | undefined)[]): Scenario[] => scenarios.filter((one) => one !== undefined);

const planOf = ({ mode }: Scenario) => (mode === "cold" ? coldMigration : stateMigration);
const goodEnd = ({ mode }: Scenario): ColdEnd => (mode === "cold" ? "waiting" : "moved");

describe.concurrent.each(chosen(rich, off, saved, offline, resizes[0]))("every step of a move that is not live: $name", (scenario) => {
  const { steps } = planOf(scenario);
  const pivot = steps.findIndex((step) => step.pivot);
  for (const [index, { name }] of steps.entries()) {
    for (const point of points) {
      it(`${name} fails ${point} its effect: before the handover everything is taken back, the handover and what follows is repeated`, async () => {
        await inWorld(scenario, async (world) => {
          const faults = atPoint(point, name, failing);
          await world.run(faults);
          await world.recover();
          expect(faults.struck()).toBe(1);
          await assertColdEnd(world, index < pivot ? "stayed" : goodEnd(scenario));
        });
      });

      it(`the worker dies ${point} the effect of ${name}, and another goes on`, async () => {
        await inWorld(scenario, async (world) => {
          const faults = atPoint(point, name, dying);
          await world.run(faults);
          expect(faults.struck()).toBe(1);
          await world.recover();
          await assertColdEnd(world, goodEnd(scenario));
        });
      });
    }
  }
});

/** As often as the engine tries an undo in one run. */
const EVERY_TRY = 3;
const undoCases = [
  { what: "fails once before its effect", point: "before-undo", act: failing, times: 1 },
  { what: "runs twice, its first answer being lost", point: "after-undo", act: failing, times: 1 },
  { what: "fails at every try and is repeated by the reconciler", point: "before-undo", act: failing, times: EVERY_TRY },
  { what: "meets the death of its worker before its effect", point: "before-undo", act: dying, times: 1 },
  { what: "meets the death of its worker after its effect", point: "after-undo", act: dying, times: 1 },
] as const;

describe.concurrent.each(chosen(rich, saved))("every undo of a move that is not live: $name", (scenario) => {
  const undoable = planOf(scenario).steps.filter((step) => typeof step.undo === "function");
  for (const { name } of undoable) {
    for (const { what, point, act, times } of undoCases) {
      it(`${name}: the undo ${what}`, async () => {
        await inWorld(scenario, async (world) => {
          const turn = atPoint("after", "copy-disks", failing);
          const undo = atPoint(point, name, act, times);
          const both: WorkerFaults = async (at, step, worker) => {
            await turn(at, step, worker);
            await undo(at, step, worker);
          };
          await world.run(both);
          await world.recover();
          expect(undo.struck()).toBe(times);
          await assertColdEnd(world, "stayed");
        });
      });
    }
  }
});

describe.concurrent.each(chosen(rich, off, ...resizes))("every step of a verdict: $name", (scenario) => {
  for (const [verdict, plan, end] of [
    ["confirm", confirmation, "confirmed"],
    ["revert", reversal, "reverted"],
  ] as const) {
    for (const { name } of plan.steps) {
      for (const point of points) {
        for (const [what, act] of [
          ["fails", failing],
          ["kills its worker", dying],
        ] as const) {
          it(`${verdict}: ${name} ${what} ${point} its effect, and is repeated`, async () => {
            await inWorld(scenario, async (world) => {
              await world.run();
              await world.settle(verdict);
              const faults = atPoint(point, name, act);
              await world.run(faults);
              await world.recover();
              expect(faults.struck()).toBe(1);
              await assertColdEnd(world, end);
            });
          });
        }
      }
    }
  }
});
