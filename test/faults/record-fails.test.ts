import { describe, expect, it } from "vitest";
import { type Counter, counted } from "./support/counted.ts";
import { assertInvariants } from "./support/invariants.ts";
import { richMoves } from "./support/scenario.ts";
import { worlds } from "./support/suite.ts";

const inWorld = worlds();

/** More statements than a whole move makes; the tests beyond the last one say so. */
const STATEMENTS = 130;

const lost = (): Error => new Error("the connection to the database was lost");

/** The record breaks at one statement of a worker; the job fails, and the reconciler takes the migration up again. */
describe.concurrent("a record that fails once", () => {
  const [peerToPeer, direct] = richMoves;
  for (let nth = 1; nth <= STATEMENTS; nth++) {
    for (const [when, scenario] of [
      ["before", peerToPeer],
      ["after", direct],
    ] as const) {
      it(`${when} the effect of statement ${nth} ends in one truth: ${scenario?.transport}`, async () => {
        if (!scenario) throw new Error("there is no such scenario");
        await inWorld(scenario, async (world) => {
          const counter: Counter = { calls: 0, broken: null };
          const worker = world.worker(undefined, (store) => counted(store, { nth, when, error: lost }, counter));
          const [outcome] = await Promise.allSettled([worker.run(world.migration.id)]);
          await world.recover();
          await assertInvariants(world);
          if (outcome.status === "rejected") expect(outcome.reason).toEqual(lost());
        });
      });
    }
  }
});
