import { type GuestObservation, type Whereabouts, whereabouts } from "@ferry/core";
import type { MovePlan } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";
import { askBoth } from "./ask-both.ts";

export interface Look {
  readonly where: Whereabouts;
  /** The source has an outgoing job while the destination is silent: only a wish to abort can be passed on. */
  readonly jobWithoutDestination: boolean;
  /** The destination's libvirtd has not yet ended its half of a transfer that did not happen. */
  readonly fadingAtDestination: boolean;
}

/**
 * One look at both hosts. Nothing is concluded from a silent one, with one exception: when the driver has proven that no copy is active at the
 * destination (`proven`), its silence is taken for absence, so that a destination that dies in the middle of the copy does not hold the guest's
 * record at the source up.
 */
export async function lookAtBoth(plan: MovePlan, ports: MigrationPorts, proven: boolean): Promise<Look> {
  const { source, destination } = await askBoth(plan, ports);
  const silent = destination.kind === "unreachable";
  const seen: GuestObservation = silent && proven ? { kind: "absent" } : destination;
  return {
    where: whereabouts(source, seen),
    jobWithoutDestination: silent && source.kind === "present" && source.migrationJob === "outgoing",
    fadingAtDestination: destination.kind === "present" && destination.state !== "shutoff" && destination.state !== "crashed",
  };
}
