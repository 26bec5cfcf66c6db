import type { GuestDisk } from "@ferry/core";
import type { MoveFacts } from "../facts.ts";
import type { DiskPlan } from "../move-plan.ts";
import { isDevice } from "./disk-path.ts";
import { diskWords, immovable } from "./disk-words.ts";
import { planBlockDisk } from "./plan-block-disk.ts";
import { planFileDisk } from "./plan-file-disk.ts";
import { planNetworkDisk } from "./plan-network-disk.ts";

/** Decides for one disk, seen alone. */
export function planDisk(disk: GuestDisk, facts: MoveFacts): DiskPlan {
  const { target, source } = disk;
  switch (source.type) {
    case "none":
      return { action: "none", target, reason: "the drive is empty" };
    case "network":
      return planNetworkDisk(disk, source, facts);
    case "block":
      return planBlockDisk(disk, facts);
    case "file":
      return planFileDisk(disk, facts);
    case "volume":
      return isDevice(disk, facts.source.host?.pools ?? []) ? planBlockDisk(disk, facts) : planFileDisk(disk, facts);
    default:
      return immovable(target, `its source ${diskWords(disk)} is bound to the host`, "Move its content to a volume of a dir pool.");
  }
}
