import type { DeviceFacts, GuestDisk, PoolFacts } from "@ferry/core";
import type { MoveFacts } from "../facts.ts";
import type { DiskPlan } from "../move-plan.ts";
import { diskWords, immovable } from "./disk-words.ts";

const connect = "Connect the destination to the same unit under the same path (iSCSI, Fibre Channel, multipath).";

/**
 * A block device is never copied: it moves when both hosts have one and the same unit under its path. An equal path proves nothing
 * (/dev/sdb is another disk on each host), so what the unit says of itself is compared.
 */
export function planBlockDisk(disk: GuestDisk, facts: MoveFacts): DiskPlan {
  const { target } = disk;
  const words = diskWords(disk);
  const known = facts.source.disks.find((one) => one.target === target);
  const path = known?.path ?? null;
  if (path === null) {
    return immovable(
      target,
      `libvirt tells no path of its volume ${words}`,
      "Name the device or the network disk itself in the definition.",
    );
  }
  if (!known?.device)
    return immovable(target, `the source does not tell what device ${words} is`, "Put its content into a volume of a dir pool.");
  const there = facts.destination.devices[path];
  const name = facts.destination.record.name;
  if (!there) return immovable(target, `${name} has no block device ${path}`, connect);
  const proof = proofOfOne(known.device, there);
  if (!proof)
    return immovable(target, `${path} is not proven to be one device for both hosts: ${difference(known.device, there)}`, connect);
  return poolObstacle(disk, facts.destination.host?.pools ?? []) ?? { action: "shared", target, reason: proof, sourcePath: path };
}

function proofOfOne(here: DeviceFacts, there: DeviceFacts): string | null {
  if (here.sizeBytes !== there.sizeBytes) return null;
  if (here.worldWideId !== null && here.worldWideId === there.worldWideId) return `both hosts see the unit ${here.worldWideId}`;
  return here.kernelId === there.kernelId ? "both hosts have it from one kernel" : null;
}

function difference(here: DeviceFacts, there: DeviceFacts): string {
  if (here.sizeBytes !== there.sizeBytes) return `it has ${here.sizeBytes} bytes at the source and ${there.sizeBytes} at the destination`;
  const [one, other] = [here, there].map((device) => device.worldWideId ?? "no world-wide name");
  return `it has ${one} at the source and ${other} at the destination`;
}

/** libvirt finds a volume by the name of its pool. */
function poolObstacle({ target, source }: GuestDisk, pools: readonly PoolFacts[]): DiskPlan | null {
  if (source.type !== "volume" || pools.some((pool) => pool.name === source.pool && pool.active)) return null;
  return immovable(target, `the destination has no running pool ${source.pool}`, `Define and start the pool ${source.pool} there.`);
}
