import type { DiskCopyProgress, JobStatistics, JobStatus, MigrationProgress, Phase } from "@ferry/core";

/**
 * libvirt's statistics as the progress that people see; what is not known stays null. A total of 0 is one that libvirt has not counted yet (memory
 * is counted when the disks are in step), but for the disks of a move that copies none (`copiesDisks`).
 */
export function jobProgress(
  at: { phase: Phase; step: string },
  job: JobStatus,
  disks: readonly DiskCopyProgress[],
  copiesDisks: boolean,
): MigrationProgress {
  const numbers = counted(job.kind === "none" ? {} : job.statistics, copiesDisks);
  const rate = (numbers.memoryBytesPerSecond ?? 0) + (numbers.diskBytesPerSecond ?? 0);
  return {
    ...at,
    memoryTotalBytes: numbers.memoryTotalBytes ?? null,
    memoryProcessedBytes: numbers.memoryProcessedBytes ?? null,
    memoryRemainingBytes: numbers.memoryRemainingBytes ?? null,
    diskTotalBytes: numbers.diskTotalBytes ?? sum(disks, (disk) => disk.totalBytes),
    diskProcessedBytes: numbers.diskProcessedBytes ?? sum(disks, (disk) => disk.doneBytes),
    diskRemainingBytes: numbers.diskRemainingBytes ?? sum(disks, (disk) => disk.totalBytes - disk.doneBytes),
    bytesPerSecond: rate > 0 ? rate : null,
    remainingMs: remainingMs(numbers.memoryRemainingBytes, numbers.diskRemainingBytes, rate),
    iteration: numbers.memoryIteration ?? null,
    disks: disks.map((disk) => ({ target: disk.target, totalBytes: disk.totalBytes, doneBytes: disk.doneBytes, ready: disk.ready })),
  };
}

/** The statistics without what has a total of 0. */
function counted(numbers: JobStatistics, copiesDisks: boolean): JobStatistics {
  const { memoryTotalBytes, memoryProcessedBytes, memoryRemainingBytes, ...withoutMemory } = numbers;
  const known = memoryTotalBytes === 0 ? withoutMemory : numbers;
  const { diskTotalBytes, diskProcessedBytes, diskRemainingBytes, ...withoutDisks } = known;
  return copiesDisks && diskTotalBytes === 0 ? withoutDisks : known;
}

const sum = <T>(items: readonly T[], value: (item: T) => number): number | null =>
  items.length === 0 ? null : items.reduce((total, item) => total + value(item), 0);

/** Time left from the job's own rate; null until it has one. */
function remainingMs(memory: number | undefined, disk: number | undefined, rate: number): number | null {
  if (rate <= 0 || (memory === undefined && disk === undefined)) return null;
  return Math.round((((memory ?? 0) + (disk ?? 0)) / rate) * 1000);
}
