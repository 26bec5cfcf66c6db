import type { Context } from "../context.ts";
import { exitCodes } from "../exit-codes.ts";
import { writeLine } from "../io.ts";

/** Ctrl-C while a move is asked for or watched. */
export interface Detachment {
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Whether a request is on its way whose fate would be unknown if the process ended now. */
  setUnanswered(unanswered: boolean): void;
  stop(): void;
}

const waitingText = "Waiting for ferry to answer whether the move is accepted; Ctrl-C again leaves without knowing.";

/** The first Ctrl-C detaches, once the request under way is answered; the second ends the process at once. */
export function listenForDetach({ interrupts, io, exitNow }: Context): Detachment {
  const first = new AbortController();
  let unanswered = false;
  const stop = interrupts.listen(() => {
    if (first.signal.aborted) exitNow(unanswered ? exitCodes.unknown : exitCodes.cancelled);
    else if (unanswered) writeLine(io.stderr, waitingText);
    first.abort();
  });
  return {
    signal: first.signal,
    setUnanswered(now) {
      unanswered = now;
    },
    stop,
  };
}
