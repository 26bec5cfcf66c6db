import type { MigrationProgress } from "@ferry/core";

/**
 * How much is done of all that has to be copied, disks and memory together, as a whole number of 0 to 100; 0 while nothing is known. The guest's
 * memory (`memoryBytes`; 0 when it does not move) counts as still to come until the hypervisor counts it.
 */
export function percentOf(progress: MigrationProgress, memoryBytes: number): number {
  const { memoryTotalBytes, memoryRemainingBytes, diskTotalBytes, diskRemainingBytes } = progress;
  const memory = memoryTotalBytes ?? memoryBytes;
  const total = memory + (diskTotalBytes ?? 0);
  const remaining = (memoryTotalBytes === null ? memory : (memoryRemainingBytes ?? 0)) + (diskRemainingBytes ?? 0);
  return total === 0 ? 0 : Math.max(0, Math.min(100, Math.round(100 * (1 - remaining / total))));
}
