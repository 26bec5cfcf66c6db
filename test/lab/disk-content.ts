import { DISK_MIB, type GuestImage, UNUSED_START_MIB } from "./guest-image.ts";
import { run } from "./run.ts";

/** A copy of the guests' image, grown to a size, with so much data besides what a guest needs. It can boot, and has room for the witness's records. */
export interface ImageContent {
  readonly kind: "image";
  readonly image: GuestImage;
  readonly sizeMiB: number;
  readonly dataMiB: number;
}

/** What is on a new disk. */
export type DiskContent = ImageContent | { readonly kind: "blank"; readonly sizeMiB: number };

/** Writes the file of a disk. `path` is seen from the root namespace. */
export async function writeDisk(content: DiskContent, path: string, format: "qcow2" | "raw"): Promise<void> {
  if (content.kind === "blank") {
    await run(["qemu-img", "create", "-q", "-f", format, path, `${content.sizeMiB}M`]);
    return;
  }
  if (format === "qcow2") await run(["cp", "--sparse=always", "--", content.image.disk, path]);
  else await run(["qemu-img", "convert", "-f", "qcow2", "-O", "raw", content.image.disk, path]);
  for (const command of contentCommands(content, path, format)) await run(command);
}

/**
 * The commands that turn a copy of the image, or an overlay on it, into the wanted disk: its size, and bytes that are not zero in a part that
 * nothing uses, so that they are allocated and copied. @throws Error when there is no room.
 */
export function contentCommands(content: ImageContent, path: string, format: "qcow2" | "raw"): string[][] {
  const { sizeMiB, dataMiB } = content;
  const most = sizeMiB - UNUSED_START_MIB;
  if (sizeMiB < DISK_MIB) throw new Error(`Cannot make ${path} of ${sizeMiB} MiB: the guests' image has ${DISK_MIB} MiB.`);
  if (dataMiB > most) throw new Error(`Cannot put ${dataMiB} MiB of data on ${path}: it has room for ${most} MiB; give it more.`);
  const grow = sizeMiB > DISK_MIB ? [["qemu-img", "resize", "-q", "-f", format, path, `${sizeMiB}M`]] : [];
  const fill = dataMiB > 0 ? [["qemu-io", "-f", format, "-c", `write -P 0x5a ${UNUSED_START_MIB}M ${dataMiB}M`, path]] : [];
  return [...grow, ...fill];
}
