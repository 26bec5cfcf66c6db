/** Sizes are plain numbers whose unit is in their name: `...Bytes`, `...KiB`, `...MiB`; times are `...Ms`. Values stay below 2^53. */
export const KIB = 1024;
export const MIB = 1024 * KIB;
export const GIB = 1024 * MIB;

/** Milliseconds, for constants that read as sentences: `30 * SECOND`. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

/** Whole MiB that hold `bytes`, rounded up. */
export const bytesToMiB = (bytes: number): number => Math.ceil(bytes / MIB);

/** `1.5 GiB`, `200 MiB`, `17 B`: binary units, at most one decimal; for sentences shown to people. */
export function formatBytes(bytes: number): string {
  const [unit, size] = bytes >= GIB ? ["GiB", GIB] : bytes >= MIB ? ["MiB", MIB] : bytes >= KIB ? ["KiB", KIB] : ["B", 1];
  return `${Number((bytes / Number(size)).toFixed(1))} ${unit}`;
}
