import type { FaultyAct } from "@ferry/testkit";
import type { Side } from "./invariants.ts";
import type { World } from "./world.ts";

/** One act of a move on one host: the nth libvirt call, or operation on files, of its name. */
export interface Act {
  readonly side: Side;
  readonly act: FaultyAct;
  readonly nth: number;
}

/** What a move does on both hosts, to be broken one by one in later moves. */
export interface Acts {
  /** Whatever may change something, each time. */
  readonly changes: readonly Act[];
  /** Each kind of question, the last time. */
  readonly questions: readonly Act[];
}

const question =
  /^(auth|connect(Open|Close|Supports|Get|List|Compare|Domain)|node|domain(Get|Lookup|Is|Has)|storage(Pool|Vol)(Get|Is|Lookup|List)|network(Get|Is|Lookup)|nwfilter(Get|Lookup)|interfaceGet|file:(readFile|stat|list))/;

/** The acts of a move that has just gone well. */
export function actsOf(world: World): Acts {
  const all = (["source", "destination"] as const).flatMap((side) => numbered(side, world[side].faults.trace));
  const changes = all.filter(({ act }) => !question.test(act));
  const questions = all.filter(({ act }) => question.test(act));
  return { changes, questions: questions.filter((one) => isLast(one, questions)) };
}

function numbered(side: Side, trace: readonly FaultyAct[]): Act[] {
  const counts = new Map<FaultyAct, number>();
  return trace.map((act) => {
    const nth = (counts.get(act) ?? 0) + 1;
    counts.set(act, nth);
    return { side, act, nth };
  });
}

const isLast = (one: Act, all: readonly Act[]): boolean =>
  !all.some((other) => other.side === one.side && other.act === one.act && other.nth > one.nth);
