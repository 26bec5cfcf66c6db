import type { ArgsOf, DecodedCall, ProcedureName, ResultOf } from "@ferry/libvirt";
import type { FakeClient } from "../client.ts";
import { Surprise } from "../refusal.ts";

/** How the daemon answers one call. It may throw a `Refusal` (libvirt's error) or a `Surprise` (not modelled). */
export type Answer<N extends ProcedureName> = (
  args: ArgsOf<N>,
  client: FakeClient,
  call: DecodedCall,
) => ResultOf<N> | Promise<ResultOf<N>>;

/** Answers to some of the calls. A call without one is a surprise. */
export type Answers = { readonly [N in ProcedureName]?: Answer<N> };

/** Throws a surprise when a flag is set that the fake does not model. */
export function onlyFlags(what: string, flags: number, ...known: readonly number[]): void {
  const rest = known.reduce((left, flag) => left & ~flag, flags);
  if (rest !== 0) throw new Surprise(`${what} with flags ${flags}: ${rest} is not modelled`);
}

/** Splits a list call's answer: names when results are wanted, else their number only. */
export const counted = <T>(items: readonly T[], needResults: number): { items: T[]; ret: number } => ({
  items: needResults ? [...items] : [],
  ret: items.length,
});
