import type { EvacuationRecord, HostId } from "@ferry/core";
import type { DestinationFacts, DiskFacts, SourceFacts } from "../facts.ts";
import { directoryOf } from "../policy/disk-path.ts";

/** Where one living host stands that may take the guest. */
export interface Refuge {
  readonly id: HostId;
  readonly bootId: string | null;
  readonly volumes: DestinationFacts["volumes"];
}

/**
 * Paths at which that host sees the very files of the dead one: the file is there now, and while both lived, in the boots that they were last seen in, a
 * marker that one wrote into that directory was seen by the other.
 */
export function provenPaths(paths: readonly string[], kept: EvacuationRecord, refuge: Refuge): string[] {
  const boot = kept.facts?.bootId ?? null;
  const proven = kept.sightings.filter(
    (seen) =>
      seen.shared && seen.witnessId === refuge.id && boot !== null && seen.hostBootId === boot && seen.witnessBootId === refuge.bootId,
  );
  const directories = new Set(proven.map(({ directory }) => directory));
  return paths.filter((path) => refuge.volumes[path] != null && directories.has(directoryOf(path)));
}

/** Each file of the guest, layers below included. */
export const pathsOf = ({ guest, disks }: Pick<SourceFacts, "guest" | "disks">): string[] => [
  ...new Set(
    disks.flatMap(({ target, path }) => [
      ...(path === null ? [] : [path]),
      ...(guest?.disks.find((disk) => disk.target === target)?.backing.map((layer) => layer.path) ?? []),
    ]),
  ),
];

/** The guest's disks with what the living host says of the files that are proven to be one for both. */
export function findDisks({ guest, disks }: SourceFacts, volumes: DestinationFacts["volumes"], proven: readonly string[]): DiskFacts[] {
  const at = (path: string | null) => (path !== null && proven.includes(path) ? (volumes[path] ?? null) : null);
  return disks.map((disk) => {
    const layers = guest?.disks.find(({ target }) => target === disk.target)?.backing ?? [];
    const backing = layers.map(({ path, format }) => {
      const volume = at(path);
      return volume && { ...volume, format };
    });
    return { ...disk, volume: at(disk.path), backing };
  });
}
