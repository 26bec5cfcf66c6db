import type { HostRecord } from "@ferry/core";

/** Hosts in the order in which they are tried: those that may be used, most room first. */
export function rankCandidates(hosts: readonly (HostRecord & { availableMiB: number })[]): HostRecord[] {
  return hosts.filter(isUsable).toSorted((one, other) => other.availableMiB - one.availableMiB || one.name.localeCompare(other.name));
}

export const isUsable = (host: HostRecord): boolean => host.state === "up" && host.enabled && !host.forcedDown;
