import { formatBytes } from "@ferry/core";
import { copies } from "../move-plan.ts";
import { planDisks } from "../policy/plan-disks.ts";
import { pass, refuse, withBoth } from "./check.ts";

/** Nova #32 wants room for virtual sizes when over-commit is ruled out; else what is used must fit. Counted per pool. */
export const destinationHasRoom = withBoth("destination-has-room", (facts) => {
  const plans = copies({ disks: planDisks(facts) });
  const strict = facts.order.diskOverCommit === false && facts.order.blockMigration === true;
  const need = new Map<string, number>();
  const add = (pool: string, bytes: number): void => void need.set(pool, (need.get(pool) ?? 0) + bytes);
  for (const disk of plans) {
    add(disk.pool, strict ? disk.capacityBytes : disk.usedBytes);
    for (const layer of disk.bring) add(layer.pool, layer.fileBytes);
  }
  for (const [name, bytes] of need) {
    const pool = facts.destination.host.pools.find((one) => one.name === name);
    if (pool && !pool.active) continue;
    const room = pool?.availableBytes ?? 0;
    if (room >= bytes) continue;
    return refuse(
      `Disk of instance is too large(available on destination host:${room} < need:${bytes}): pool ${name} of ${facts.destination.record.name} has ${formatBytes(room)} free, ${formatBytes(bytes)} are needed.`,
      "Free space in that pool or choose another host.",
    );
  }
  const total = [...need.values()].reduce((sum, bytes) => sum + bytes, 0);
  return pass(
    total === 0 ? "No disk content has to be copied." : `${formatBytes(total)} of disk content fit into the destination's pools.`,
  );
});
