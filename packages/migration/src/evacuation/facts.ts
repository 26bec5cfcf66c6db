import type { FenceState, HostPresence } from "@ferry/core";
import type { MoveFacts } from "../facts.ts";

/** What the checks of an evacuation look at: of the dead source what the record keeps, and why it is taken for dead. */
export interface EvacuationFacts extends MoveFacts {
  readonly presence: HostPresence;
  readonly fence: FenceState;
  /** ferry has the server's own filter and places it anew. */
  readonly guarded: boolean;
}
