import type { Fault } from "@ferry/testkit";
import { describe, expect, it } from "vitest";
import { type Act, actsOf } from "./support/acts.ts";
import { assertColdEnd, type ColdEnd } from "./support/cold-ends.ts";
import { inParallel } from "./support/in-parallel.ts";
import { coldMoves, type Scenario, stateMoves } from "./support/scenario.ts";
import { worlds } from "./support/suite.ts";
import type { World } from "./support/world.ts";

const inWorld = worlds();

const LONG_MS = 600_000;
const [rich] = coldMoves;
const [saved] = stateMoves;

/** What may happen to one act of a worker on a host. */
const mishaps: readonly { readonly what: string; readonly faultFor: (world: World) => Fault }[] = [
  { what: "is refused", faultFor: () => ({ kind: "refuse", code: "internalError", message: "planned" }) },
  { what: "happens and its answer is lost", faultFor: () => ({ kind: "lose-answer" }) },
  { what: "is the last deed of a worker", faultFor: (world) => ({ kind: "hook", after: () => killLast(world) }) },
];

const killLast = (world: World): void => world.workers.at(-1)?.kill();
const wordsOf = ({ side, act, nth }: Act): string => `${act}, time ${nth}, on the ${side}`;

/** What the move does, and a verdict after it. */
interface Course {
  readonly name: string;
  readonly scenario: Scenario;
  readonly verdict: "confirm" | "revert" | null;
  readonly end: ColdEnd;
}

const courses: readonly Course[] = [
  ...(rich ? [{ name: "a cold move", scenario: rich, verdict: null, end: "waiting" } as const] : []),
  ...(rich ? [{ name: "a confirmation", scenario: rich, verdict: "confirm", end: "confirmed" } as const] : []),
  ...(rich ? [{ name: "a reversal", scenario: rich, verdict: "revert", end: "reverted" } as const] : []),
  ...(saved ? [{ name: "a saved move", scenario: saved, verdict: null, end: "moved" } as const] : []),
];

/** Brings the world to where the course begins, with nothing noted yet. */
async function prepare(world: World, { verdict }: Course): Promise<void> {
  if (verdict === null) return;
  await world.run();
  await world.settle(verdict);
  for (const host of [world.source, world.destination]) host.faults.trace.length = 0;
}

/** The acts are taken from a course that goes well, so that a call that is added later is broken as well. */
async function changesIn(course: Course): Promise<readonly Act[]> {
  return await inWorld(course.scenario, async (world) => {
    await prepare(world, course);
    await world.run();
    await assertColdEnd(world, course.end);
    return actsOf(world).changes;
  });
}

/** Either end is good before the point of no return; afterwards only the one. */
async function assertEitherEnd(world: World, { verdict, end }: Course): Promise<void> {
  const stays = verdict === null && ["failed", "error"].includes((await world.status()) ?? "");
  await assertColdEnd(world, stays ? "stayed" : end);
}

/** A confirmation only repeats: one kind of mishap says what the others would. */
const mishapsOf = ({ verdict }: Course) => (verdict === "confirm" ? mishaps.slice(1, 2) : mishaps);

describe.concurrent.each(courses)("every call of $name", (course) => {
  for (const { what, faultFor } of mishapsOf(course)) {
    it(`ends in one truth when it ${what}`, { timeout: LONG_MS }, async () => {
      const problems = await inParallel(await changesIn(course), wordsOf, async ({ side, act, nth }) => {
        await inWorld(course.scenario, async (world) => {
          await prepare(world, course);
          world[side].faults.plan(act, nth, faultFor(world));
          await world.run();
          await world.recover();
          await assertEitherEnd(world, course);
          expect(world[side].faults.unused()).toEqual([]);
        });
      });
      expect(problems).toEqual([]);
    });
  }
});
