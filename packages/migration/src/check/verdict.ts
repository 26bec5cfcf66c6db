import type { CheckResult, HostId } from "@ferry/core";
import type { MovePlan } from "../move-plan.ts";

/** The verdict on one candidate. */
export interface CandidateVerdict {
  readonly hostId: HostId;
  readonly host: string;
  readonly results: readonly CheckResult[];
  readonly plan: MovePlan | null;
  /** The command of virsh that would make the same move; null when the host does not pass, or virsh has none. */
  readonly virsh: string | null;
}
