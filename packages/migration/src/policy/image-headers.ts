import type { GuestDisk } from "@ferry/core";
import type { DiskFacts } from "../facts.ts";
import type { Obstacle } from "./obstacle.ts";

/**
 * An image header that names a file below which the definition does not declare: whoever can write an image can write its header, and at the
 * destination QEMU would open what it names (CVE-2024-32498). Headers are looked at only to refuse. `whole`: the image is used as it is, so its
 * own header counts; `below`: the top layer is made anew at the destination and only the layers that it stands on are used as they are.
 */
export function undeclaredLayer(disk: GuestDisk, known: DiskFacts, which: "whole" | "below"): Obstacle | null {
  const top = { path: known.path, format: disk.format, backing: known.volume?.backing ?? null };
  const images = [top, ...known.backing];
  for (const [index, image] of images.entries()) {
    if (!image || (index === 0 && which === "below") || image.format !== "qcow2") continue;
    const named = image.backing?.path ?? null;
    if (named === null || named === (disk.backing[index]?.path ?? null)) continue;
    return {
      reason: `the header of its image ${image.path} names ${named}, which its definition does not declare`,
      remedy: "Declare the backing chain in the definition and restart the guest, or flatten the disk.",
    };
  }
  return null;
}
