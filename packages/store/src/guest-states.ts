import { type GuestState, type PowerState, powerState, type VmState } from "@ferry/core";

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

export const statesOf = (state: GuestState): { vmState: VmState; powerState: PowerState } => states[state];
