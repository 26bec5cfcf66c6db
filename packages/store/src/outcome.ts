import type { LeaveState, MoveOutcome } from "@ferry/core";

/** The columns of a migration that hold what it leaves behind. */
export interface OutcomeColumns {
  readonly leave: string;
  readonly keepSource: boolean;
  readonly tunnelled: boolean;
  readonly unsafeCache: boolean;
}

/** `leave` is one of the words that the database lets in. */
export const readOutcome = ({ leave, keepSource, tunnelled, unsafeCache }: OutcomeColumns): MoveOutcome => ({
  leave: leave as LeaveState,
  keepSource,
  tunnelled,
  unsafeCache,
});
