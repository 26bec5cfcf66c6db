import type { HostFacts } from "@ferry/core";
import type { SourceFacts } from "../facts.ts";
import { directoryOf } from "./disk-path.ts";

/** Which paths of the destination a move would write to or rely on, and in which active pools they lie. */
export function placementPaths(source: SourceFacts, destination: HostFacts): { pools: string[]; paths: string[] } {
  const paths = new Set<string>();
  for (const { volume, path, backing } of source.disks) {
    if (path) paths.add(path);
    if (volume) {
      paths.add(volume.path);
      const pool = destination.pools.find((one) => one.name === volume.pool);
      if (pool?.path) paths.add(`${pool.path}/${volume.name}`);
    }
    for (const layer of backing) if (layer) paths.add(layer.path);
  }
  const directories = new Set([...paths].map(directoryOf));
  const pools = destination.pools.filter((pool) => pool.active && pool.path !== null && directories.has(pool.path));
  return { pools: pools.map((pool) => pool.name), paths: [...paths] };
}
