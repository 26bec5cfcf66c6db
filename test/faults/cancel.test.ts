import { fail, hasCode, isFerryError } from "@ferry/core";
import { describe, expect, it } from "vitest";
import { assertInvariants } from "./support/invariants.ts";
import { atPoint, dying, failing } from "./support/once.ts";
import { pausedMoves, plainMoves, richMoves } from "./support/scenario.ts";
import { stepNames as names, pivotIndex as pivot, stepsToTry } from "./support/steps.ts";
import { worlds } from "./support/suite.ts";
import type { TestWorker, WorkerFaults } from "./support/test-worker.ts";
import type { World } from "./support/world.ts";

const inWorld = worlds();

/** More than the longest copy here takes. */
const TURNS = 12;

/** What the API and the bus do with a request to abort; says whether it was accepted. */
async function abort(world: World, worker: TestWorker): Promise<boolean> {
  try {
    await world.requestAbort();
  } catch (error) {
    if (isFerryError(error) && hasCode(error, "MIGRATION_NOT_ABORTABLE", "MIGRATION_NOT_IN_PROGRESS")) return false;
    throw error;
  }
  worker.aborts.abort(world.migration.id);
  return true;
}

describe.concurrent.each(richMoves)("a move that is aborted: $name", (scenario) => {
  for (const step of stepsToTry(scenario)) {
    const index = names.indexOf(step);
    for (const point of ["before", "after"] as const) {
      it(`${point} the effect of ${step}`, async () => {
        await inWorld(scenario, async (world) => {
          let accepted: boolean | null = null;
          await world.run(
            atPoint(point, step, async (worker) => {
              accepted = await abort(world, worker);
            }),
          );
          await world.recover();
          const returns = index < pivot || (index === pivot && point === "before");
          await assertInvariants(world, returns ? "source" : "destination");
          expect(accepted).toBe(index <= pivot);
        });
      });
    }
  }
});

describe.concurrent.each([...plainMoves, ...pausedMoves])("a copy that is aborted: $name", (scenario) => {
  for (let turn = 1; turn <= TURNS; turn++) {
    it(`in turn ${turn} ends in one of two truths, and the record says which`, async () => {
      await inWorld(scenario, async (world) => {
        world.datacentre.onTurn = async (at) => {
          const [worker] = world.workers.slice(-1);
          if (at === turn && worker) await abort(world, worker);
        };
        await world.run();
        await world.recover();
        await assertInvariants(world);
      });
    });
  }
});

/** As often as the engine tries an undo in one run. */
const EVERY_TRY = 3;

describe.concurrent.each(plainMoves)("a move that has failed, and is aborted while it is undone: $name", (scenario) => {
  const failure = fail("CAPACITY_SHORT", { host: "compute2", needMiB: 2, freeMiB: 1 });
  it.each([
    { what: "whose worker dies at that", undoOf: "create-disks", act: dying, times: 1 },
    { what: "whose undo has to be repeated", undoOf: "create-disks", act: failing, times: EVERY_TRY },
    { what: "whose worker dies at the undo of what failed", undoOf: "start-networks", act: dying, times: 1 },
    { what: "whose undo of what failed has to be repeated", undoOf: "start-networks", act: failing, times: EVERY_TRY },
  ])("$what: it stays failed, with its code and its sentence", async ({ undoOf, act, times }) => {
    await inWorld(scenario, async (world) => {
      const accepted: boolean[] = [];
      const turn = atPoint("before", "start-networks", () => {
        throw failure;
      });
      const undo = atPoint(
        "before-undo",
        undoOf,
        async (worker) => {
          accepted.push(await abort(world, worker));
          act(worker);
        },
        times,
      );
      const both: WorkerFaults = async (point, step, worker) => {
        await turn(point, step, worker);
        await undo(point, step, worker);
      };
      await world.run(both);
      await world.recover();
      expect([undo.struck(), accepted[0]]).toEqual([times, true]);
      await assertInvariants(world, "source");
      const { rows } = await world.fleet.sql.query("SELECT status, problem_code, problem FROM migrations WHERE id = $1", [
        world.migration.id,
      ]);
      expect(rows).toEqual([{ status: "failed", problem_code: failure.code, problem: failure.message }]);
    });
  });
});
