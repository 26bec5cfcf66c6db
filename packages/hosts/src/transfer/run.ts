/** What the way of transport is given of the run that it serves. */
export interface Run {
  /** Aborts when the move is no longer wanted. */
  readonly signal: AbortSignal;
  /** Hands over work that goes on after the handover; `settle` waits for it. */
  inBackground(work: Promise<unknown>): void;
}
