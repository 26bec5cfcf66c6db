/** In which state a live move leaves the guest: as it was found, or one of the two whatever it was. */
export const leaveStates = ["as-is", "running", "paused"] as const;
export type LeaveState = (typeof leaveStates)[number];

/** What a live move leaves behind, by name, where it differs from the usual end: the guest as it was, nothing of it at the source. */
export interface MoveOutcome {
  /** libvirt's VIR_MIGRATE_PAUSED, virsh's `--suspend`, for `paused`. */
  readonly leave: LeaveState;
  /** The source keeps the guest's definition, off, and the disks that were copied from it: virsh without `--undefinesource`. */
  readonly keepSource: boolean;
  /** The memory stream goes inside the two libvirts' own connection, which is SSH: VIR_MIGRATE_TUNNELLED. */
  readonly tunnelled: boolean;
  /** Consent to shared disks that a host caches: VIR_MIGRATE_UNSAFE. It skips the check of cache modes and no other. */
  readonly unsafeCache: boolean;
}

/** What a move comes to when nothing else was asked for. */
export const usualOutcome: MoveOutcome = { leave: "as-is", keepSource: false, tunnelled: false, unsafeCache: false };

export const isUsual = ({ leave, keepSource, tunnelled, unsafeCache }: MoveOutcome): boolean =>
  leave === "as-is" && !keepSource && !tunnelled && !unsafeCache;
