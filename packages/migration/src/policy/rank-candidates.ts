import { type GroupSituation, groupWeight, type HostRecord } from "@ferry/core";

type Candidate = HostRecord & { readonly availableMiB: number };

/**
 * Hosts in the order in which they are tried: those that may be used; the server's group decides first, then who has most room. A silent one, with less than
 * no room, comes last.
 */
export function rankCandidates(hosts: readonly Candidate[], group: GroupSituation | null = null): HostRecord[] {
  const silent = ({ availableMiB }: Candidate): number => (availableMiB < 0 ? 1 : 0);
  const weight = ({ id }: Candidate): number => (group === null ? 0 : groupWeight(group, id));
  const order = (one: Candidate, other: Candidate): number =>
    silent(one) - silent(other) ||
    weight(other) - weight(one) ||
    other.availableMiB - one.availableMiB ||
    one.name.localeCompare(other.name);
  return hosts.filter(isUsable).toSorted(order);
}

export const isUsable = (host: HostRecord): boolean => host.state === "up" && host.enabled && !host.forcedDown;
