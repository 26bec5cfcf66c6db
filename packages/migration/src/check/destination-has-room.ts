import { formatBytes } from "@ferry/core";
import { backingFiles, copies } from "../move-plan.ts";
import { planDisks } from "../policy/plan-disks.ts";
import { type KnownFacts, pass, refuse, warn, withBoth } from "./check.ts";

/** Nova #32 wants room for virtual sizes when over-commit is ruled out; else what is used must fit. Counted per pool; each backing file once. */
export const destinationHasRoom = withBoth("destination-has-room", (facts) => {
  const { record, host } = facts.destination;
  const need = neededBytes(facts);
  const pools = [...need].map(([name, bytes]) => ({ name, bytes, pool: host.pools.find((one) => one.name === name) }));
  const short = pools.find(({ pool, bytes }) => (pool?.active ?? true) && (pool?.availableBytes ?? 0) < bytes);
  if (short) {
    const room = short.pool?.availableBytes ?? 0;
    const words = `pool ${short.name} of ${record.name} has ${formatBytes(room)} free, ${formatBytes(short.bytes)} are needed`;
    const remedy = "Free space in that pool or choose another host.";
    if (facts.order.force) return warn(`${words}; forced.`, remedy);
    return refuse(`Disk of instance is too large(available on destination host:${room} < need:${short.bytes}): ${words}.`, remedy);
  }
  const stopped = pools.find(({ pool }) => pool && !pool.active);
  if (stopped) {
    return warn(
      `Pool ${stopped.name} of ${record.name} is stopped, so its room is not known; ${formatBytes(stopped.bytes)} are needed.`,
      "ferry starts the pool for the move; start it yourself to have this checked.",
    );
  }
  const total = [...need.values()].reduce((sum, bytes) => sum + bytes, 0);
  return pass(
    total === 0 ? "No disk content has to be copied." : `${formatBytes(total)} of disk content fit into the destination's pools.`,
  );
});

/** Pool name -> bytes that the move writes into it. */
function neededBytes(facts: KnownFacts): Map<string, number> {
  const disks = planDisks(facts);
  const strict = facts.order.diskOverCommit === false && facts.order.blockMigration === true;
  const need = new Map<string, number>();
  const add = (pool: string, bytes: number): void => void need.set(pool, (need.get(pool) ?? 0) + bytes);
  for (const disk of copies({ disks })) add(disk.pool, strict ? disk.capacityBytes : disk.usedBytes);
  for (const layer of backingFiles({ disks })) if (!layer.present) add(layer.pool, layer.fileBytes);
  return need;
}
