import type { DiskKind } from "../lab/index.ts";

/** The kinds of move, the rows of the matrix, in the order in which a guest goes through them. */
export const MOVES = {
  "live-shared": "live, shared storage (`block_migration: false`)",
  "live-block": "live, block (`block_migration: true`)",
  "live-auto": "live, as the disks need it (`auto`)",
  paused: "live, of a paused server (`auto`)",
  saved: "saved state (`--mode saved`)",
  cold: "cold, confirmed (`--mode cold`)",
  offline: "offline (`--mode offline`)",
} as const;

export type MoveKind = keyof typeof MOVES;

export const MOVE_KINDS = Object.keys(MOVES) as MoveKind[];

/** One column of the matrix: a guest with these disks. */
export interface Disks {
  /** Head of the column. */
  readonly title: string;
  readonly disks: readonly DiskKind[];
  /** What the check `disks-movable` says of each. */
  readonly decisions: readonly RegExp[];
}

const marker = /is shared \(compute\d saw a marker that compute\d wrote beside it\)/;
const localQcow2 = /is copied \(a local qcow2 file\)/;
const layer = /only the layer is copied/;
const nfs = /is shared \(compute\d reaches its server at [\d.]+:2049\)/;
const iscsi = /is shared \(compute\d reaches its server at [\d.]+:3260\)/;

/** What the disks of a guest may be, the columns of the matrix. */
export const COLUMNS = {
  qcow2: { title: "local qcow2", disks: ["qcow2"], decisions: [localQcow2] },
  overlay: { title: "qcow2 overlay on a base", disks: ["overlay"], decisions: [layer] },
  raw: { title: "local raw", disks: ["raw"], decisions: [/is copied \(a local raw file\)/] },
  iso: { title: "local qcow2, ISO attached", disks: ["qcow2", "iso"], decisions: [localQcow2, /is brought \(a local read-only image\)/] },
  shared: {
    title: "shared directory: qcow2, raw, ISO",
    disks: ["shared", "shared-raw", "shared-iso"],
    decisions: [marker, marker, marker],
  },
  nfs: { title: "NFS by QEMU", disks: ["nfs"], decisions: [nfs] },
  iscsi: { title: "iSCSI, two portals", disks: ["iscsi"], decisions: [iscsi] },
  block: { title: "shared block device", disks: ["block"], decisions: [/is shared \(both hosts have it from one kernel\)/] },
  "local-and-volume": { title: "mixed: overlay and iSCSI", disks: ["overlay", "iscsi"], decisions: [layer, iscsi] },
  "local-and-shared": { title: "mixed: raw and shared directory", disks: ["raw", "shared"], decisions: [/local raw file/, marker] },
} as const satisfies Record<string, Disks>;

export type ColumnKey = keyof typeof COLUMNS;

export const COLUMN_KEYS = Object.keys(COLUMNS) as ColumnKey[];

/** Kinds of disk that only one host has. */
const LOCAL: readonly DiskKind[] = ["qcow2", "overlay", "raw", "iso"];

/** Whether anything but memory must cross the wire: a disk that is on one host alone. */
export const isLocal = (kind: DiskKind): boolean => LOCAL.includes(kind);
