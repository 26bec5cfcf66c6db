import type { ColumnKey, MoveKind } from "./kinds.ts";

/** A move that a check refuses. */
export interface Refused {
  /** Key of the check. */
  readonly check: string;
  readonly sentence: RegExp;
}

/** What a move must come to. */
export type Expected = "moves" | Refused;

type Row = Readonly<Record<MoveKind, Expected>>;

const everyMove: Row = {
  "live-shared": "moves",
  "live-block": "moves",
  "live-auto": "moves",
  paused: "moves",
  saved: "moves",
  cold: "moves",
  offline: "moves",
};

/** Nova's words for `block_migration: false`, and ferry's for a move that carries nothing. */
const withLocal = (targets: string): Pick<Row, "live-shared" | "offline"> => ({
  "live-shared": {
    check: "parameters",
    sentence: new RegExp(
      `Shared storage live-migration requires either shared storage or boot-from-volume with no local disks\\. Local: ${targets}\\.$`,
    ),
  },
  offline: {
    check: "mode-fits",
    sentence: new RegExp(`An offline move carries no disks, and these are on compute\\d alone: ${targets}\\.$`),
  },
});

/** Nova's words for `block_migration: true`. */
const withShared = (targets: string): Pick<Row, "live-block"> => ({
  "live-block": {
    check: "parameters",
    sentence: new RegExp(`Block migration can not be used with shared storage\\. Shared: ${targets}\\.$`),
  },
});

/** What each cell of the matrix must come to. The live test asserts it; README.md must show it. */
export const EXPECTED: Readonly<Record<ColumnKey, Row>> = {
  qcow2: { ...everyMove, ...withLocal("vda") },
  overlay: { ...everyMove, ...withLocal("vda") },
  raw: { ...everyMove, ...withLocal("vda") },
  iso: { ...everyMove, ...withLocal("vda, sda") },
  shared: { ...everyMove, ...withShared("vda, vdb") },
  nfs: { ...everyMove, ...withShared("vda") },
  iscsi: { ...everyMove, ...withShared("vda") },
  block: { ...everyMove, ...withShared("vda") },
  "local-and-volume": { ...everyMove, ...withLocal("vda") },
  "local-and-shared": { ...everyMove, ...withLocal("vda"), ...withShared("vdb") },
};
