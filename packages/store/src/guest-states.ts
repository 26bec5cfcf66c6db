import { type GuestState, type GuestStateReason, type PowerState, powerState, type VmState } from "@ferry/core";

/**
 * Nova's two states of a guest for libvirt's one. `none` is how Xen calls a guest that is idle at the moment, so it counts as active. A crashed guest is a
 * stopped one that may be started again.
 */
const states: Record<GuestState, { vmState: VmState; powerState: PowerState }> = {
  running: { vmState: "active", powerState: powerState.running },
  "shutting-down": { vmState: "active", powerState: powerState.running },
  none: { vmState: "active", powerState: powerState.none },
  paused: { vmState: "paused", powerState: powerState.paused },
  suspended: { vmState: "suspended", powerState: powerState.suspended },
  shutoff: { vmState: "stopped", powerState: powerState.shutdown },
  crashed: { vmState: "stopped", powerState: powerState.crashed },
};

/** A guest that is off with its memory on the host's disk is Nova's suspended one. */
export const statesOf = ({
  state,
  reason,
}: {
  readonly state: GuestState;
  readonly reason: GuestStateReason;
}): { vmState: VmState; powerState: PowerState } =>
  state === "shutoff" && reason === "saved" ? { vmState: "suspended", powerState: powerState.shutdown } : states[state];

/** When a guest was first seen to run: kept once it is known. A guest that was adopted shut off has none until it is started. */
export const launchOf = (vmState: string, known: Date | null): Date | null =>
  known ?? (vmState === "active" || vmState === "paused" ? new Date() : null);
