import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DiskContent } from "./disk-content.ts";
import { createDisk, type DiskKind, IMAGES_DIR } from "./disk-kinds.ts";
import { letter } from "./disk-xml.ts";
import type { GuestDisk } from "./guest-disk.ts";
import { DISK_MIB, guestImage } from "./guest-image.ts";
import { execOn, virsh } from "./host-exec.ts";
import type { Lab } from "./lab.ts";
import { exists } from "./processes.ts";
import { type HostRecord, readState } from "./state.ts";
import { deleteBlockDevice } from "./storage/block-device.ts";
import { deleteTarget } from "./storage/iscsi.ts";
import { storageDirectory } from "./storage/server.ts";
import { SHARED_POOL } from "./storage/shared-directory.ts";

/** The part of the guest's options that concerns its disks. */
export interface DiskOptions {
  readonly name: string;
  readonly disks?: readonly DiskKind[];
  readonly overlay?: boolean;
  readonly diskMiB?: number;
  readonly dataMiB?: number;
  readonly extraDisksMiB?: readonly number[];
}

/** Creates the disks of a guest, the bootable one first. */
export async function createGuestDisks(lab: Lab, host: HostRecord, options: DiskOptions): Promise<GuestDisk[]> {
  const image = await guestImage(lab.config);
  const kinds = options.disks ?? [options.overlay === true ? "overlay" : "qcow2"];
  const first = { sizeMiB: options.diskMiB ?? DISK_MIB, dataMiB: options.dataMiB ?? 0 };
  const wanted = kinds.map((kind, index): [DiskKind, DiskContent] => {
    return [kind, { kind: "image", image, ...(index === 0 ? first : { sizeMiB: DISK_MIB, dataMiB: 0 }) }];
  });
  for (const sizeMiB of options.extraDisksMiB ?? []) wanted.push(["qcow2", { kind: "blank", sizeMiB }]);
  const disks: GuestDisk[] = [];
  for (const [index, [kind, content]] of wanted.entries()) {
    disks.push(await createDisk(kind, { lab, host, stem: stem(options.name, index), content }));
  }
  return disks;
}

/** Deletes the disks of a guest wherever they are; nothing when there are none. The guest must be gone. */
export async function removeGuestDisks(lab: Lab, name: string): Promise<void> {
  for (const host of lab.hosts) {
    const files = diskFiles(name, (await execOn(host, ["ls", IMAGES_DIR])).split("\n"));
    if (files.length > 0) await execOn(host, ["rm", "-f", "--", ...files.map((file) => `${IMAGES_DIR}/${file}`)]);
    await virsh(host, ["pool-refresh", "default"]);
  }
  await removeSharedDisks(lab, name);
  await removeNetworkDisks(lab, name);
  for (let index = 0; index < MOST_DISKS; index++) await deleteBlockDevice(lab.config, lab.hosts, stem(name, index));
}

const MOST_DISKS = 8;

/** "NAME" for the first disk, "NAME.vdb" for the second. */
function stem(name: string, index: number): string {
  return index === 0 ? name : `${name}.vd${letter(index)}`;
}

/** Those of the files that are disks of the guest. */
function diskFiles(name: string, files: readonly string[]): string[] {
  return files.filter((file) => file.startsWith(`${name}.`) && /^\.(vd[b-z]\.)?(qcow2|raw|iso)$/.test(file.slice(name.length)));
}

async function removeSharedDisks(lab: Lab, name: string): Promise<void> {
  await removeFiles(join(lab.config.dir, "shared"), name);
  if ((await readState(lab.config)).sharedDirectory !== true) return;
  for (const host of lab.hosts) await virsh(host, ["pool-refresh", SHARED_POOL]);
}

async function removeNetworkDisks(lab: Lab, name: string): Promise<void> {
  const { storage } = await readState(lab.config);
  if (storage === undefined) return;
  await removeFiles(storageDirectory(lab.config, "nfs"), name);
  for (const file of await removeFiles(storageDirectory(lab.config, "iscsi"), name)) {
    await deleteTarget(storage, file.slice(0, -".raw".length));
  }
}

/** Deletes a guest's disks in a directory of this machine; returns the names of the files. */
async function removeFiles(directory: string, name: string): Promise<string[]> {
  if (!(await exists(directory))) return [];
  const files = diskFiles(name, await readdir(directory));
  for (const file of files) await rm(join(directory, file));
  return files;
}
