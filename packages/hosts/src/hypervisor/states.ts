import type { GuestState, GuestStateReason } from "@ferry/core";
import { pausedReasons, runningReasons, domainStates as s, shutoffReasons } from "@ferry/libvirt";

const states: Readonly<Record<number, GuestState>> = {
  [s.nostate]: "none",
  [s.running]: "running",
  [s.blocked]: "running",
  [s.paused]: "paused",
  [s.shutdown]: "shutting-down",
  [s.shutoff]: "shutoff",
  [s.crashed]: "crashed",
  [s.pmsuspended]: "suspended",
};

const reasons: Readonly<Record<number, Readonly<Record<number, GuestStateReason>>>> = {
  [s.running]: {
    [runningReasons.migrated]: "migrated",
    [runningReasons.migrationCanceled]: "migration-canceled",
    [runningReasons.postcopy]: "post-copy",
    [runningReasons.postcopyFailed]: "post-copy-failed",
  },
  [s.paused]: {
    [pausedReasons.user]: "user",
    [pausedReasons.migration]: "migration",
    [pausedReasons.ioError]: "io-error",
    [pausedReasons.crashed]: "crashed",
    [pausedReasons.postcopy]: "post-copy",
    [pausedReasons.postcopyFailed]: "post-copy-failed",
  },
  [s.shutoff]: {
    [shutoffReasons.crashed]: "crashed",
    [shutoffReasons.migrated]: "migrated",
    [shutoffReasons.failed]: "failed",
  },
  [s.crashed]: { 0: "crashed", 1: "crashed" },
};

/** libvirt's state and reason numbers in ferry's words. Numbers that a newer libvirt may add become `none` and `other`. */
export function guestState(state: number, reason: number): { state: GuestState; reason: GuestStateReason } {
  return { state: states[state] ?? "none", reason: reasons[state]?.[reason] ?? "other" };
}
