import { formatBytes, MINUTE, SECOND } from "@ferry/core";

/** `850 ms`, `4.2 s`, `3 min 5 s`. */
export function formatDuration(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  return `${Math.floor(ms / MINUTE)} min ${Math.floor((ms % MINUTE) / SECOND)} s`;
}

/** `160 MiB of 256 MiB`; what is not known is left out or said, never shown as 0. A total of 0 means that there is nothing to send. */
export function formatShare(doneBytes: number | null, totalBytes: number | null): string {
  if (totalBytes === 0) return "none";
  if (doneBytes === null) return totalBytes === null ? "not known yet" : formatBytes(totalBytes);
  return totalBytes === null ? formatBytes(doneBytes) : `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`;
}

/** Part done, 0 to 1; null when it cannot be told. */
export function fraction(doneBytes: number | null, totalBytes: number | null): number | null {
  if (doneBytes === null || totalBytes === null || totalBytes <= 0) return null;
  return Math.min(1, Math.max(0, doneBytes / totalBytes));
}

export const formatPercent = (part: number): string => `${Math.floor(part * 100)}%`;
