import type { GuestSummary, PoolFacts } from "@ferry/core";
import { diskPath } from "./disk-path.ts";

/** Everything that a guest of that host has as a disk, as a medium or as a layer below one. */
export function usedPaths(guests: readonly GuestSummary[], pools: readonly PoolFacts[]): Set<string> {
  const disks = guests.flatMap(({ definition }) => definition.disks);
  const paths = disks.flatMap((disk) => [diskPath(disk, pools), ...disk.backing.map((layer) => layer.path)]);
  return new Set(paths.filter((path) => path !== null));
}
