import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";

/** Ctrl-C while a move is asked for or watched. */
export interface Detachment {
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Says whether a request is on its way whose fate a second Ctrl-C would leave unknown. */
  setUnanswered(unanswered: boolean): void;
  stop(): void;
}

/** The first Ctrl-C detaches; the second ends the process at once. */
export function listenForDetach(context: Context): Detachment {
  const first = new AbortController();
  let secondExitCode: ExitCode = exitCodes.cancelled;
  const stop = context.interrupts.listen(() => {
    if (first.signal.aborted) context.exitNow(secondExitCode);
    first.abort();
  });
  return {
    signal: first.signal,
    setUnanswered(unanswered) {
      secondExitCode = unanswered ? exitCodes.unknown : exitCodes.cancelled;
    },
    stop,
  };
}
