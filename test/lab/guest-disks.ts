import { DISK_MIB, type GuestImage, guestImage, UNUSED_START_MIB } from "./guest-image.ts";
import { execOn, pathOn, virsh } from "./host-exec.ts";
import type { Lab } from "./lab.ts";
import { exists } from "./processes.ts";
import { run } from "./run.ts";
import type { HostRecord } from "./state.ts";

/** The directory of the pool `default` on every host. */
export const IMAGES_DIR = "/var/lib/libvirt/images";

/** The part of the guest's options that concerns its disks. */
export interface DiskOptions {
  readonly name: string;
  readonly overlay?: boolean;
  readonly dataMiB?: number;
  readonly extraDisksMiB?: readonly number[];
}

/** Creates the disks of a guest in the host's pool `default` and returns their paths, the bootable one first. */
export async function createGuestDisks(lab: Lab, host: HostRecord, options: DiskOptions): Promise<string[]> {
  const image = await guestImage(lab.config);
  const path = `${IMAGES_DIR}/${options.name}.qcow2`;
  if (options.overlay === true) await createOverlay(host, image, path);
  else await copyIn(host, image.disk, path);
  if (options.dataMiB !== undefined) await writeData(host, path, options.dataMiB);
  const extra = await createExtraDisks(host, options);
  await virsh(host, ["pool-refresh", "default"]);
  return [path, ...extra];
}

/** Path of the base image that overlays of this image stand on, the same on every host. */
export function basePath(image: GuestImage): string {
  return `${IMAGES_DIR}/lab-base-${image.key}.qcow2`;
}

async function createOverlay(host: HostRecord, image: GuestImage, path: string): Promise<void> {
  const base = basePath(image);
  if (!(await exists(pathOn(host, base)))) await copyIn(host, image.disk, base);
  await execOn(host, ["qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", base, path]);
}

async function copyIn(host: HostRecord, source: string, path: string): Promise<void> {
  await run(["cp", "--sparse=always", "--", source, pathOn(host, path)]);
}

/** Fills part of the disk with bytes that are not zero, so that they are allocated and copied. */
async function writeData(host: HostRecord, path: string, dataMiB: number): Promise<void> {
  const most = DISK_MIB - UNUSED_START_MIB;
  if (dataMiB > most) throw new Error(`Cannot put ${dataMiB} MiB of data on ${path}: it has room for ${most} MiB; add an extra disk.`);
  const write = `write -P 0x5a ${UNUSED_START_MIB}M ${dataMiB}M`;
  await execOn(host, ["qemu-io", "-f", "qcow2", "-c", write, path]);
}

async function createExtraDisks(host: HostRecord, options: DiskOptions): Promise<string[]> {
  const paths: string[] = [];
  for (const [index, sizeMiB] of (options.extraDisksMiB ?? []).entries()) {
    const path = `${IMAGES_DIR}/${options.name}.vd${String.fromCharCode("b".charCodeAt(0) + index)}.qcow2`;
    await execOn(host, ["qemu-img", "create", "-q", "-f", "qcow2", path, `${sizeMiB}M`]);
    paths.push(path);
  }
  return paths;
}
