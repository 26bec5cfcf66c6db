import { type MigrationProgress, SECOND } from "@ferry/core";

/** What earlier readings of the same transfer have shown; in the order of time. */
export interface ProgressHistory {
  readonly readings: readonly { readonly atMs: number; readonly diskDoneBytes: number }[];
  /** Targets of the disks that were in step with their copies once. */
  readonly readyDisks: readonly string[];
}

export const emptyHistory: ProgressHistory = { readings: [], readyDisks: [] };

/** The rate is taken over this time, so that one slow second does not make it jump. */
const rateOverMs = 10 * SECOND;

/**
 * Adds to a reading what it cannot tell by itself, and gives the history with it for the next one. While disks are copied, libvirt reports no rate: it
 * is what was done between readings, and the guest's memory (`memoryBytes`) counts as still to come until the hypervisor counts it. A disk that was in
 * step with its copy stays so: what the guest writes from then on goes to both.
 */
export function withHistory(
  now: MigrationProgress,
  history: ProgressHistory,
  { atMs, memoryBytes }: { readonly atMs: number; readonly memoryBytes: number },
): { readonly progress: MigrationProgress; readonly history: ProgressHistory } {
  const kept = history.readings.filter((reading) => atMs - reading.atMs <= rateOverMs);
  const readings = now.diskProcessedBytes === null ? kept : [...kept, { atMs, diskDoneBytes: now.diskProcessedBytes }];
  const disks = now.disks.map((disk) => ({ ...disk, ready: disk.ready || history.readyDisks.includes(disk.target) }));
  const readyDisks = disks.filter((disk) => disk.ready).map((disk) => disk.target);
  return { progress: { ...now, ...paceOf(now, readings, memoryBytes), disks }, history: { readings, readyDisks } };
}

type Pace = Pick<MigrationProgress, "bytesPerSecond" | "remainingMs">;

/** The hypervisor's own rate goes before the one of the disks. */
function paceOf(now: MigrationProgress, readings: ProgressHistory["readings"], memoryBytes: number): Pace {
  const [first, last] = [readings[0], readings.at(-1)];
  const { bytesPerSecond, remainingMs } = now;
  if (bytesPerSecond !== null || !first || !last || last.diskDoneBytes <= first.diskDoneBytes) return { bytesPerSecond, remainingMs };
  const rate = ((last.diskDoneBytes - first.diskDoneBytes) / (last.atMs - first.atMs)) * SECOND;
  const toDo = (now.diskRemainingBytes ?? 0) + (now.memoryRemainingBytes ?? memoryBytes);
  return { bytesPerSecond: Math.round(rate), remainingMs: Math.round((toDo / rate) * SECOND) };
}
