import type { LeaveState, MoveOutcome } from "@ferry/core";

/** What a request says of the outcome; left out means the usual one. The contract has checked the words. */
export interface OutcomeWords {
  readonly leave?: string | undefined;
  readonly keep_source?: boolean | undefined;
  readonly tunnelled?: boolean | undefined;
  readonly unsafe_cache?: boolean | undefined;
}

export const askedOutcome = ({ leave, keep_source, tunnelled, unsafe_cache }: OutcomeWords): MoveOutcome => ({
  leave: (leave ?? "as-is") as LeaveState,
  keepSource: keep_source ?? false,
  tunnelled: tunnelled ?? false,
  unsafeCache: unsafe_cache ?? false,
});

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The same from the headers that ferry adds to Nova's action, where a value is the word `true` or `false`. */
export function outcomeOfHeaders(headers: Headers): MoveOutcome {
  const word = (name: string): string | undefined => [headers[name]].flat()[0];
  const flag = (name: string): boolean => word(name) === "true";
  return askedOutcome({
    leave: word("x-ferry-leave"),
    keep_source: flag("x-ferry-keep-source"),
    tunnelled: flag("x-ferry-tunnelled"),
    unsafe_cache: flag("x-ferry-unsafe-cache"),
  });
}
