import { type BuildNeeds, buildObstacle } from "./judge-build-host.ts";
import type { HostFacts } from "./ports/hypervisor.ts";
import type { HostRecord } from "./ports/migration-store.ts";
import { type GroupSituation, groupObstacle, groupWeight } from "./server-group.ts";

/** A host as the record last saw it. */
export interface BuildCandidate extends Pick<HostRecord, "name" | "state" | "enabled" | "forcedDown"> {
  readonly id: string;
  readonly facts: HostFacts | null;
  /** MiB that migrations and servers on their way there hold. */
  readonly claimedMiB: number;
}

export interface PlacementNeeds extends BuildNeeds {
  /** The server's group, and where the others of it are. */
  readonly group?: GroupSituation | null;
}

export type HostChoice<C> = { readonly host: C } | { readonly refused: string };

/**
 * Pure: the host for a new server: of those that may be used and can take it the one that its group likes best, then the one with most memory free. When there
 * is none, the reason of each.
 */
export function chooseBuildHost<C extends BuildCandidate>(candidates: readonly C[], needs: PlacementNeeds): HostChoice<C> {
  if (candidates.length === 0) return { refused: "There are no hosts." };
  const judged = candidates.map((host) => ({ host, reason: unusable(host) ?? obstacleOf(host, needs) }));
  const fit = judged.filter(({ reason }) => reason === null).map(({ host }) => host);
  const best = fit.toSorted((a, b) => liked(b, needs) - liked(a, needs) || freeKiB(b) - freeKiB(a) || a.name.localeCompare(b.name))[0];
  if (best) return { host: best };
  return { refused: judged.map(({ host, reason }) => `${host.name}: ${reason}.`).join(" ") };
}

/** Pure: hosts for several servers of one size, each counted when the next one is placed; all of them find one, or none does. */
export function placeServers<C extends BuildCandidate>(
  candidates: readonly C[],
  needs: PlacementNeeds,
  count: number,
): { readonly hosts: readonly C[] } | { readonly refused: string } {
  const hosts: C[] = [];
  while (hosts.length < count) {
    const choice = chooseBuildHost(
      candidates.map((host) => withPlaced(host, hosts, needs)),
      withMembers(needs, hosts),
    );
    if ("refused" in choice) return choice;
    const chosen = candidates.find(({ id }) => id === choice.host.id);
    if (chosen) hosts.push(chosen);
  }
  return { hosts };
}

const timesIn = (hosts: readonly BuildCandidate[], id: string): number => hosts.filter((host) => host.id === id).length;

const withPlaced = <C extends BuildCandidate>(host: C, placed: readonly C[], { flavor }: BuildNeeds): C => ({
  ...host,
  claimedMiB: host.claimedMiB + timesIn(placed, host.id) * flavor.memoryMiB,
});

function withMembers(needs: PlacementNeeds, placed: readonly BuildCandidate[]): PlacementNeeds {
  const { group } = needs;
  if (!group) return needs;
  const added = Object.fromEntries(placed.map(({ id }) => [id, (group.others[id] ?? 0) + timesIn(placed, id)]));
  return { ...needs, group: { ...group, others: { ...group.others, ...added } } };
}

function unusable({ state, enabled, forcedDown, facts }: BuildCandidate): string | null {
  if (state !== "up") return `it is ${state}`;
  if (forcedDown) return "it is forced down";
  if (!enabled) return "it is disabled";
  return facts === null ? "nothing is known of it yet" : null;
}

const obstacleOf = ({ id, facts, claimedMiB }: BuildCandidate, needs: PlacementNeeds): string | null =>
  (needs.group && groupObstacle(needs.group, id)) ?? (facts === null ? null : buildObstacle(facts, needs, claimedMiB));

const liked = ({ id }: BuildCandidate, { group }: PlacementNeeds): number => (group ? groupWeight(group, id) : 0);

const freeKiB = ({ facts, claimedMiB }: BuildCandidate): number => (facts?.memoryAvailableKiB ?? 0) - claimedMiB * 1024;
