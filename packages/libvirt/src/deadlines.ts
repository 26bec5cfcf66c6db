const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * How long a call may take (ms), by kind. Every call has one of these; a caller may state its own instead.
 * libvirt itself waits up to 30 s for a busy guest's lock before it answers with error 68.
 */
export const deadlines = {
  /** Calls that only wait for a lock or for QEMU's monitor. */
  ordinary: 35 * SECOND,
  /** A daemon that was just started probes its emulators first: 9 s seen. */
  open: 30 * SECOND,
  /** Start, stop, hot-plug: QEMU has to start, or to end after SIGTERM and SIGKILL (12 s seen). */
  power: 3 * MINUTE,
  /** Beginning and preparing a migration: QEMU starts at the destination. */
  prepare: 5 * MINUTE,
  /** Ending a migration at the source: waits for the old QEMU process, longer when the network to the destination is gone. */
  confirm: 30 * MINUTE,
  /** Creating, copying or wiping a volume: as long as writing all of it. */
  storage: 12 * HOUR,
  /** Memory to or from a file, and the copy itself: bounded by size and link, not by the daemon. */
  transfer: 48 * HOUR,
} as const;
