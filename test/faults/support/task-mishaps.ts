import type { Fault, FaultyAct } from "@ferry/testkit";
import type { TaskWorld } from "./task-world.ts";

export interface TaskMishap {
  readonly what: string;
  readonly faultFor: (world: TaskWorld) => Fault;
}

/** What may befall a question: whether it was heard makes no difference. */
export const questionMishaps: readonly TaskMishap[] = [
  { what: "is refused", faultFor: () => ({ kind: "refuse", code: "internalError", message: "planned" }) },
  { what: "is lost before it happens", faultFor: () => ({ kind: "lose-call" }) },
];

/** What may befall one act of a task's worker. */
export const taskMishaps: readonly TaskMishap[] = [
  ...questionMishaps,
  { what: "happens and its answer is lost", faultFor: () => ({ kind: "lose-answer" }) },
  { what: "is a dying worker's and does not arrive", faultFor: (world) => ({ kind: "hook", before: () => world.workers.at(-1)?.kill() }) },
  { what: "is the last of a dying worker", faultFor: (world) => ({ kind: "hook", after: () => world.workers.at(-1)?.kill() }) },
];

export const isQuestion = (act: FaultyAct): boolean =>
  /^(auth|connect|node|domain(Get|Lookup|Is|Has)|storage(Pool|Vol)(Get|Is|Lookup|List)|nwfilter(Get|Lookup)|file:)/.test(act);

/** An act of a run, with its number among those of its name. */
export interface NumberedAct {
  readonly act: FaultyAct;
  readonly nth: number;
}

/** The acts of a run, each with its number; of questions only those that `keep` chooses. `last` is how many of that name there are. */
export function numbered(trace: readonly FaultyAct[], keep: (act: FaultyAct, nth: number, last: number) => boolean): NumberedAct[] {
  const counts = new Map<FaultyAct, number>();
  const all = trace.map((act) => {
    counts.set(act, (counts.get(act) ?? 0) + 1);
    return { act, nth: counts.get(act) ?? 1 };
  });
  return all.filter(({ act, nth }) => !isQuestion(act) || keep(act, nth, counts.get(act) ?? nth));
}
