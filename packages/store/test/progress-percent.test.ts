import type { MigrationProgress } from "@ferry/core";
import { expect, test } from "vitest";
import { percentOf } from "../src/progress-percent.ts";

const reading = (
  disk: [total: number, remaining: number] | null,
  memory: [total: number, remaining: number] | null,
): MigrationProgress => ({
  phase: "migrate",
  step: "transfer-guest",
  memoryTotalBytes: memory?.[0] ?? null,
  memoryProcessedBytes: null,
  memoryRemainingBytes: memory?.[1] ?? null,
  diskTotalBytes: disk?.[0] ?? null,
  diskProcessedBytes: null,
  diskRemainingBytes: disk?.[1] ?? null,
  bytesPerSecond: null,
  remainingMs: null,
  iteration: null,
  disks: [],
});

test.each<[what: string, reading: MigrationProgress, memoryBytes: number, percent: number]>([
  ["nothing is known", reading(null, null), 100, 0],
  ["nothing is known, and no memory moves", reading(null, null), 0, 0],
  ["disks, with the memory still to come", reading([300, 0], null), 100, 75],
  ["disks alone", reading([300, 150], null), 0, 50],
  ["disks and memory", reading([300, 0], [100, 50]), 100, 88],
  ["memory that grew since", reading(null, [400, 100]), 100, 75],
  ["all is done", reading([300, 0], [100, 0]), 100, 100],
  ["more remains than there was", reading([100, 120], null), 0, 0],
])("percent when %s", (_what, progress, memoryBytes, percent) => {
  expect(percentOf(progress, memoryBytes)).toBe(percent);
});
