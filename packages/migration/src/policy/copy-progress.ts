import type { MigrationProgress, Phase } from "@ferry/core";

/** How far the copy of one file is. */
export interface FileCount {
  readonly target: string;
  readonly totalBytes: number;
  readonly doneBytes: number;
}

/** Files that are copied one after the other, as the progress that people see: the sums are of all files, those that have not begun included. */
export function copyProgress(at: { phase: Phase; step: string }, files: readonly FileCount[]): MigrationProgress {
  const total = files.reduce((sum, file) => sum + file.totalBytes, 0);
  const done = files.reduce((sum, file) => sum + file.doneBytes, 0);
  return {
    ...at,
    memoryTotalBytes: null,
    memoryProcessedBytes: null,
    memoryRemainingBytes: null,
    diskTotalBytes: total,
    diskProcessedBytes: done,
    diskRemainingBytes: total - done,
    bytesPerSecond: null,
    remainingMs: null,
    iteration: null,
    disks: files.map((file) => ({ ...file, ready: file.doneBytes === file.totalBytes })),
  };
}
