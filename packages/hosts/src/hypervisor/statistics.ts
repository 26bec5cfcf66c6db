import type { JobStatistics } from "@ferry/core";
import { integerOf, type TypedParam } from "@ferry/libvirt";

/** libvirt's names of job statistics; times are ms, sizes bytes. */
const fields: Readonly<Record<keyof JobStatistics, string>> = {
  elapsedMs: "time_elapsed",
  remainingMs: "time_remaining",
  downtimeMs: "downtime",
  setupMs: "setup_time",
  memoryTotalBytes: "memory_total",
  memoryProcessedBytes: "memory_processed",
  memoryRemainingBytes: "memory_remaining",
  memoryBytesPerSecond: "memory_bps",
  memoryDirtyPagesPerSecond: "memory_dirty_rate",
  memoryPageSizeBytes: "memory_page_size",
  memoryIteration: "memory_iteration",
  diskTotalBytes: "disk_total",
  diskProcessedBytes: "disk_processed",
  diskRemainingBytes: "disk_remaining",
  diskBytesPerSecond: "disk_bps",
};

/** Job statistics as plain numbers; what libvirt did not send is absent. */
export function jobStatistics(params: readonly TypedParam[]): JobStatistics {
  const found = Object.entries(fields).map(([name, field]) => [name, integerOf(params, field)] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined).map(([name, value]) => [name, Number(value)]));
}
