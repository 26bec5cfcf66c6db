import { type BuildNeeds, buildObstacle } from "./judge-build-host.ts";
import type { HostFacts } from "./ports/hypervisor.ts";
import type { HostRecord } from "./ports/migration-store.ts";

/** A host as the record last saw it. */
export interface BuildCandidate extends Pick<HostRecord, "name" | "state" | "enabled" | "forcedDown"> {
  readonly facts: HostFacts | null;
  /** MiB that migrations and servers on their way there hold. */
  readonly claimedMiB: number;
}

export type HostChoice<C> = { readonly host: C } | { readonly refused: string };

/**
 * Pure: the host for a new server: of those that may be used and can take it the one with most memory free. When there is none, the reason of each.
 */
export function chooseBuildHost<C extends BuildCandidate>(candidates: readonly C[], needs: BuildNeeds): HostChoice<C> {
  if (candidates.length === 0) return { refused: "There are no hosts." };
  const judged = candidates.map((host) => ({ host, reason: unusable(host) ?? obstacleOf(host, needs) }));
  const fit = judged.filter(({ reason }) => reason === null).map(({ host }) => host);
  const best = fit.toSorted((a, b) => freeKiB(b) - freeKiB(a) || a.name.localeCompare(b.name))[0];
  if (best) return { host: best };
  return { refused: judged.map(({ host, reason }) => `${host.name}: ${reason}.`).join(" ") };
}

function unusable({ state, enabled, forcedDown, facts }: BuildCandidate): string | null {
  if (state !== "up") return `it is ${state}`;
  if (forcedDown) return "it is forced down";
  if (!enabled) return "it is disabled";
  return facts === null ? "nothing is known of it yet" : null;
}

const obstacleOf = ({ facts, claimedMiB }: BuildCandidate, needs: BuildNeeds): string | null =>
  facts === null ? null : buildObstacle(facts, needs, claimedMiB);

const freeKiB = ({ facts, claimedMiB }: BuildCandidate): number => (facts?.memoryAvailableKiB ?? 0) - claimedMiB * 1024;
