import type { MoveFacts } from "../facts.ts";
import type { StatePlace } from "../move-plan.ts";
import { filePools } from "./disk-path.ts";

/**
 * Where the guest's saved state may lie: in a running file pool of the source, best the one of its first disk, that the destination has under the
 * same directory or name. Null when there is none.
 */
export function placeState({ order, source, destination }: MoveFacts): StatePlace | null {
  const name = `ferry-${order.id}.state`;
  const preferred = source.disks.find(({ volume }) => volume !== null)?.volume?.pool;
  const here = filePools(source.host?.pools ?? []).filter((pool) => pool.active);
  const there = filePools(destination.host?.pools ?? []);
  for (const pool of here.toSorted((one, other) => Number(other.name === preferred) - Number(one.name === preferred))) {
    const match = there.find((one) => one.path === pool.path) ?? there.find((one) => one.name === pool.name);
    if (match) return { sourcePool: pool.name, sourcePath: `${pool.path}/${name}`, pool: match.name, path: `${match.path}/${name}`, name };
  }
  return null;
}
