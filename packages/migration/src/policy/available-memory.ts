import type { HostFacts } from "@ferry/core";

/** MiB that a new guest may get: what the host has available, less the reserve, less what other migrations have claimed. Never negative. */
export function availableMiB(host: HostFacts, claimedMiB: number, reservedMiB: number): number {
  return Math.max(0, Math.floor(host.memoryAvailableKiB / 1024) - reservedMiB - claimedMiB);
}
