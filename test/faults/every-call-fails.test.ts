import type { Fault } from "@ferry/testkit";
import { describe, expect, it } from "vitest";
import { type Act, type Acts, actsOf } from "./support/acts.ts";
import { inParallel } from "./support/in-parallel.ts";
import { assertInvariants } from "./support/invariants.ts";
import { richMoves, type Scenario } from "./support/scenario.ts";
import { worlds } from "./support/suite.ts";
import type { World } from "./support/world.ts";

const inWorld = worlds();

const LONG_MS = 600_000;

/** What may happen to one act of a worker on a host. Questions are asked alike in both transports, so each mishap befalls them in one. */
const mishaps: readonly {
  readonly what: string;
  readonly faultFor: (world: World) => Fault;
  readonly questionsIn?: Scenario["transport"];
}[] = [
  { what: "is refused", faultFor: () => ({ kind: "refuse", code: "internalError", message: "planned" }), questionsIn: "p2p" },
  { what: "is lost before it happens", faultFor: () => ({ kind: "lose-call" }) },
  { what: "happens and its answer is lost", faultFor: () => ({ kind: "lose-answer" }), questionsIn: "direct" },
  {
    what: "is the last wish of a worker and does not arrive",
    faultFor: (world) => ({ kind: "hook", before: () => killLast(world) }),
  },
  { what: "is the last deed of a worker", faultFor: (world) => ({ kind: "hook", after: () => killLast(world) }) },
];

const killLast = (world: World): void => world.workers.at(-1)?.kill();

const wordsOf = ({ side, act, nth }: Act): string => `${act}, time ${nth}, on the ${side}`;

/** The acts are taken from a move that goes well, so that a call that is added later is broken as well. */
async function actsIn(scenario: Scenario): Promise<Acts> {
  return await inWorld(scenario, async (world) => {
    await world.run();
    await assertInvariants(world, "destination");
    return actsOf(world);
  });
}

describe.concurrent.each(richMoves)("every call of a move: $name", (scenario) => {
  for (const { what, faultFor, questionsIn } of mishaps) {
    it(`ends in one truth when it ${what}`, { timeout: LONG_MS }, async () => {
      const { changes, questions } = await actsIn(scenario);
      const acts = questionsIn === scenario.transport ? [...changes, ...questions] : changes;
      const problems = await inParallel(acts, wordsOf, async ({ side, act, nth }) => {
        await inWorld(scenario, async (world) => {
          world[side].faults.plan(act, nth, faultFor(world));
          await world.run();
          await world.recover();
          await assertInvariants(world);
          if (changes.some((change) => change.act === act)) expect(world[side].faults.unused()).toEqual([]);
        });
      });
      expect(problems).toEqual([]);
    });
  }
});
