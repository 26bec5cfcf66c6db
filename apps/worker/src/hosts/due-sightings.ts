import { type DirectorySighting, type GuestDisk, type HostFacts, type HostId, isFilePool } from "@ferry/core";
import { diskPath } from "@ferry/migration";

/** How long what was seen counts; what was not may only be too new. */
const SHARED_FOR_MS = 60 * 60 * 1000;
const APART_FOR_MS = 5 * 60 * 1000;

/** A host as far as sightings go. */
export interface SeeingHost {
  readonly id: HostId;
  readonly facts: HostFacts | null;
}

/** A directory of the host that another one has a pool on, and which is to be looked at. */
export interface DueSighting {
  readonly directory: string;
  /** A disk of a guest in it: where the other host has no such file, nothing is shared. */
  readonly disk: string;
  readonly witnessId: HostId;
  /** The witness's pool on it. */
  readonly pool: string;
  readonly hostBootId: string;
  readonly witnessBootId: string;
}

type Known = DirectorySighting & { readonly lookedAt: Date };

/** Pure: which of the directories that hold disks of the host's guests have to be looked at from which other hosts. */
export function dueSightings(
  host: SeeingHost,
  others: readonly SeeingHost[],
  disks: readonly GuestDisk[],
  known: readonly Known[],
  now: number,
): DueSighting[] {
  const hostBootId = host.facts?.bootId;
  if (!host.facts || hostBootId == null) return [];
  const pools = host.facts.pools;
  const byDirectory = new Map<string, string>();
  for (const disk of disks) {
    const path = disk.source.type === "block" ? null : diskPath(disk, pools);
    if (path !== null) byDirectory.set(path.slice(0, path.lastIndexOf("/")), path);
  }
  const due: DueSighting[] = [];
  for (const [directory, disk] of byDirectory) {
    for (const { id: witnessId, facts } of others) {
      const pool = facts?.pools.find(({ active, path, type }) => active && path === directory && isFilePool(type));
      if (!pool || facts?.bootId == null) continue;
      const boots = { hostBootId, witnessBootId: facts.bootId };
      const before = known.find((one) => one.directory === directory && one.witnessId === witnessId);
      if (before === undefined || !isFresh(before, boots, now)) due.push({ directory, disk, witnessId, pool: pool.name, ...boots });
    }
  }
  return due;
}

const isFresh = (known: Known, boots: { hostBootId: string; witnessBootId: string }, now: number): boolean =>
  known.hostBootId === boots.hostBootId &&
  known.witnessBootId === boots.witnessBootId &&
  now - known.lookedAt.getTime() < (known.shared ? SHARED_FOR_MS : APART_FOR_MS);
