import { GIB } from "@ferry/core";
import { fixedSize } from "@ferry/libvirt-xml";
import type { MoveFacts } from "../facts.ts";
import type { DiskPlan, ResizePlan } from "../move-plan.ts";
import type { Obstacle } from "./obstacle.ts";

/** What a move to another size changes; null: the guest keeps its own. Pure. */
export function planResize({ order, source }: MoveFacts, disks: readonly DiskPlan[]): ResizePlan | Obstacle | null {
  if (order.resize === null || !source.guest) return null;
  const { memoryMiB, vcpus, rootGiB } = order.resize.to;
  const guest = source.persistent ?? source.guest;
  const fixed = fixedSize(guest.cpuXml);
  if (fixed !== null && (guest.memoryKiB !== memoryMiB * 1024 || guest.vcpus !== vcpus))
    return { reason: fixed, remedy: "Take that out of its definition, and restart it." };
  const grown = rootGiB === 0 ? null : grownRoot(rootGiB * GIB, rootDisk(source), disks);
  if (grown !== null && "reason" in grown) return grown;
  return { memoryMiB, vcpus, root: grown };
}

interface Root {
  readonly target: string;
  readonly capacityBytes: number;
}

/** The first disk of the definition, as the record counts it. */
function rootDisk({ guest, disks }: MoveFacts["source"]): Root | null {
  const first = guest?.disks.find(({ device }) => device === "disk");
  return disks.find(({ target }) => target === first?.target) ?? null;
}

function grownRoot(wantedBytes: number, root: Root | null, disks: readonly DiskPlan[]): ResizePlan["root"] | Obstacle {
  if (root === null) return { reason: "it has no disk that could get the flavor's size", remedy: "Choose a flavor with a disk of 0 GiB." };
  const { target, capacityBytes } = root;
  if (capacityBytes === wantedBytes) return null;
  if (capacityBytes > wantedBytes)
    return {
      reason: `its disk ${target} has ${capacityBytes} bytes, the flavor's ${wantedBytes}, and a disk does not shrink`,
      remedy: "Choose a flavor with a disk that is as large, or larger.",
    };
  const plan = disks.find((disk) => disk.target === target);
  if (plan?.action === "copy") return { target, path: plan.path, capacityBytes: wantedBytes };
  return {
    reason: `its disk ${target} is on storage that both hosts see, where it would have to grow in its place and could not be given back`,
    remedy: "Choose a flavor with a disk of the same size, or of 0 GiB.",
  };
}
