import { formatBytes } from "@ferry/core";
import { formatDuration, formatShare, fraction } from "./format.ts";
import type { Progress } from "./move-view.ts";

/** One bar: memory, or a disk by its target name. `part` is null when the share is not known. */
export interface Measure {
  readonly label: string;
  readonly part: number | null;
  readonly share: string;
}

/** Nothing that moves has 0 bytes: such a total means that the hypervisor has not counted yet. */
const counted = (totalBytes: number | null): number | null => (totalBytes === 0 ? null : totalBytes);

function measure(label: string, doneBytes: number | null, totalBytes: number | null): Measure {
  const total = counted(totalBytes);
  const done = total === null && doneBytes === 0 ? null : doneBytes;
  return { label, part: fraction(done, total), share: formatShare(done, total) };
}

/** Memory done: what is no longer to be sent. Dirtied pages are sent again, so the bytes sent can exceed the total and would overshoot the bar. */
function memoryDone({
  memory_total_bytes: total,
  memory_remaining_bytes: remaining,
  memory_processed_bytes: processed,
}: Progress): number | null {
  return total !== null && remaining !== null ? Math.max(0, total - remaining) : processed;
}

/** Memory begins when the disks are in step with their copies, and is counted from then on. */
function memoryMeasure(progress: Progress): Measure[] {
  const { memory_total_bytes: total, memory_processed_bytes: processed, disks } = progress;
  if (counted(total) === null && disks.some((disk) => !disk.ready)) return [{ label: "memory", part: null, share: "after the disks" }];
  return total === null && processed === null ? [] : [measure("memory", memoryDone(progress), total)];
}

/** The bars of a move: disks in their order, then memory. Empty before the first statistics. */
export function measures(progress: Progress | null): Measure[] {
  if (progress === null) return [];
  const disks = progress.disks.map((disk) => measure(disk.target, disk.ready ? disk.total_bytes : disk.done_bytes, disk.total_bytes));
  return [...disks, ...memoryMeasure(progress)];
}

/** `118 MiB/s, 3.0 s left, memory pass 2`: what is known of it, or null. */
export function pace(progress: Progress | null): string | null {
  if (progress === null) return null;
  const parts = [
    progress.bytes_per_second === null ? null : `${formatBytes(progress.bytes_per_second)}/s`,
    progress.remaining_ms === null ? null : `${formatDuration(progress.remaining_ms)} left`,
    progress.iteration === null || progress.iteration === 0 ? null : `memory pass ${progress.iteration}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(", ");
}
