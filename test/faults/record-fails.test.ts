import { describe, expect, it } from "vitest";
import { type Counter, counted } from "./support/counted.ts";
import { inParallel } from "./support/in-parallel.ts";
import { assertInvariants } from "./support/invariants.ts";
import { richMoves, type Scenario } from "./support/scenario.ts";
import { worlds } from "./support/suite.ts";

const inWorld = worlds();

const LONG_MS = 600_000;

const lost = (): Error => new Error("the connection to the database was lost");

/** How many statements a worker makes in a move that goes well: each of them is broken once. (Another move may save its progress less often.) */
async function statementsIn(scenario: Scenario): Promise<number[]> {
  return await inWorld(scenario, async (world) => {
    const counter: Counter = { calls: 0, broken: null };
    await world.worker(undefined, (store) => counted(store, { nth: 0, when: "before", error: lost }, counter)).run(world.migration.id);
    await assertInvariants(world, "destination");
    return Array.from({ length: counter.calls }, (_, index) => index + 1);
  });
}

/** The record fails a worker at one statement: its job ends there, and the reconciler takes the migration up again. */
describe.concurrent.each(richMoves)("a record that fails once: $name", (scenario) => {
  const [when, parity] = scenario.transport === "p2p" ? (["before", 0] as const) : (["after", 1] as const);
  it(`ends in one truth when every second statement fails ${when} its effect`, { timeout: LONG_MS }, async () => {
    const statements = (await statementsIn(scenario)).filter((nth) => nth % 2 === parity);
    const problems = await inParallel(statements, String, async (nth) => {
      await inWorld(scenario, async (world) => {
        const counter: Counter = { calls: 0, broken: null };
        const worker = world.worker(undefined, (store) => counted(store, { nth, when, error: lost }, counter));
        const [outcome] = await Promise.allSettled([worker.run(world.migration.id)]);
        await world.recover();
        const side = await assertInvariants(world);
        if (counter.broken === null) expect(side).toBe("destination");
        if (outcome.status === "rejected") expect(outcome.reason).toEqual(lost());
      });
    });
    expect(problems).toEqual([]);
  });
});
