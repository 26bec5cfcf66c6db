import { liveMigration } from "@ferry/migration";
import { describe, expect, it } from "vitest";
import { assertInvariants } from "./support/invariants.ts";
import { atPoint, dying, failing } from "./support/once.ts";
import { richMoves } from "./support/scenario.ts";
import { stepsToTry } from "./support/steps.ts";
import { worlds } from "./support/suite.ts";
import type { WorkerFaults } from "./support/test-worker.ts";

const inWorld = worlds();

const undoable = liveMigration.steps.filter((step) => typeof step.undo === "function").map((step) => step.name);
const firstStep = liveMigration.steps[0]?.name ?? "";
const pivot = liveMigration.steps.find((step) => step.pivot)?.name ?? "";
/** As often as the engine tries an undo in one run. */
const EVERY_TRY = 3;

/** Both faults of one run, the first one being what makes it turn back: at the pivot, or at the step itself whose undo is tried. */
const turningBack = (at: string, undo: WorkerFaults): WorkerFaults => {
  const failure = atPoint(at === pivot ? "before" : "after", at, failing);
  return async (point, step, worker) => {
    await failure(point, step, worker);
    await undo(point, step, worker);
  };
};

const cases = [
  { what: "fails once before its effect", point: "before-undo", act: failing, times: 1 },
  { what: "runs twice, its first answer being lost", point: "after-undo", act: failing, times: 1 },
  { what: "fails at every try before its effect and is repeated by the reconciler", point: "before-undo", act: failing, times: EVERY_TRY },
  { what: "loses every answer and is repeated by the reconciler", point: "after-undo", act: failing, times: EVERY_TRY },
  { what: "meets the death of its worker before its effect", point: "before-undo", act: dying, times: 1 },
  { what: "meets the death of its worker after its effect", point: "after-undo", act: dying, times: 1 },
] as const;

/** What turns the move back is the pivot, or, for the worst of the cases, the very step whose undo is tried. */
const casesOf = (step: string) => [
  ...cases.map((one) => ({ ...one, at: pivot })),
  ...cases.filter(({ point, times }) => point === "before-undo" || times > 1).map((one) => ({ ...one, at: step })),
];

describe.concurrent.each(richMoves)("every undo of a move: $name", (scenario) => {
  for (const step of undoable.filter((name) => stepsToTry(scenario).includes(name))) {
    for (const { what, point, act, times, at } of casesOf(step)) {
      it(`${step}: the undo ${what}${at === step ? ", after the step itself failed" : ""}`, async () => {
        await inWorld(scenario, async (world) => {
          const undo = atPoint(point, step, act, times);
          await world.run(turningBack(at, undo));
          await world.recover();
          expect(undo.struck()).toBe(times);
          await assertInvariants(world, "source");
          expect(await world.status()).toBe(at === firstStep ? "error" : "failed");
        });
      });
    }
  }
});
