import { join } from "node:path";
import { contentCommands, type DiskContent, writeDisk } from "./disk-content.ts";
import type { GuestDisk } from "./guest-disk.ts";
import type { GuestImage } from "./guest-image.ts";
import { execOn, pathOn, virsh } from "./host-exec.ts";
import type { Lab } from "./lab.ts";
import { exists } from "./processes.ts";
import { run } from "./run.ts";
import type { HostRecord } from "./state.ts";
import { createBlockDevice } from "./storage/block-device.ts";
import { createTarget, ensureIscsi, ISCSI_LUN, ISCSI_PORT, targetName } from "./storage/iscsi.ts";
import { writeIso } from "./storage/iso.ts";
import { ensureNfs, NFS_EXPORT } from "./storage/nfs.ts";
import { storageDirectory } from "./storage/server.ts";
import { ensureSharedDirectory, SHARED_DIR, SHARED_POOL } from "./storage/shared-directory.ts";

/** The directory of the pool `default` on every host. */
export const IMAGES_DIR = "/var/lib/libvirt/images";

/*
 * How `virsh migrate` moves each kind (all with --live --p2p --persistent --undefinesource and the other host's qemu+tcp or qemu+ssh URI):
 *
 *   qcow2 overlay raw            --copy-storage-all, after the same file was made in the destination's pool (an overlay with its base)
 *   shared shared-raw block      nothing: libvirt takes the file system of /srv/shared for a shared one
 *   nfs iscsi                    nothing: QEMU opens the disk at the destination before it lets go at the source; --xml and --persistent-xml may
 *                                name the target's other portal
 *   iso                          a copy of the file at the destination beforehand: libvirt copies no read-only disk
 *   shared-iso                   nothing
 *   mixed                        --copy-storage-all --migrate-disks vda,… with the local ones only
 */

/** Every kind of disk that a guest may have. */
export const DISK_KINDS = ["qcow2", "overlay", "raw", "shared", "shared-raw", "nfs", "iscsi", "block", "iso", "shared-iso"] as const;

/**
 * - `qcow2`, `raw`: a file in the host's pool `default`; `overlay`: a qcow2 there on top of a base image
 * - `shared`, `shared-raw`: a file in /srv/shared, qcow2 or raw
 * - `nfs`: a raw file on the storage server, through QEMU's NFS client
 * - `iscsi`: a LUN of the storage server, through QEMU's iSCSI client
 * - `block`: a block device that all hosts have as /dev/mapper/NAME
 * - `iso`, `shared-iso`: a CD-ROM in the pool `default` or in /srv/shared
 */
export type DiskKind = (typeof DISK_KINDS)[number];

/** A disk that is to be made. */
export interface NewDisk {
  readonly lab: Lab;
  /** The host on which the guest will start. */
  readonly host: HostRecord;
  /** Part of all its names; no other disk of the lab has it. */
  readonly stem: string;
  readonly content: DiskContent;
}

const MAKERS: Readonly<Record<DiskKind, (disk: NewDisk) => Promise<GuestDisk>>> = {
  qcow2: (disk) => createLocal(disk, "qcow2"),
  raw: (disk) => createLocal(disk, "raw"),
  overlay: createOverlay,
  shared: (disk) => createShared(disk, "qcow2"),
  "shared-raw": (disk) => createShared(disk, "raw"),
  nfs: createNfs,
  iscsi: createIscsi,
  block: createBlock,
  iso: createLocalIso,
  "shared-iso": createSharedIso,
};

/** Makes a disk with its content, and all that it needs of the lab. */
export function createDisk(kind: DiskKind, disk: NewDisk): Promise<GuestDisk> {
  return MAKERS[kind](disk);
}

/** Path of the base image that overlays of this image stand on, the same on every host. */
export function basePath(image: GuestImage): string {
  return `${IMAGES_DIR}/lab-base-${image.key}.qcow2`;
}

async function createLocal({ host, stem, content }: NewDisk, format: "qcow2" | "raw"): Promise<GuestDisk> {
  const path = `${IMAGES_DIR}/${stem}.${format}`;
  await writeDisk(content, pathOn(host, path), format);
  await virsh(host, ["pool-refresh", "default"]);
  return { device: "disk", format, source: { type: "file", path } };
}

async function createOverlay({ host, stem, content }: NewDisk): Promise<GuestDisk> {
  if (content.kind === "blank") throw new Error(`Cannot make the blank disk ${stem} as an overlay: choose another kind.`);
  const [path, base] = [`${IMAGES_DIR}/${stem}.qcow2`, basePath(content.image)];
  if (!(await exists(pathOn(host, base)))) await run(["cp", "--sparse=always", "--", content.image.disk, pathOn(host, base)]);
  await execOn(host, ["qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", base, path]);
  for (const command of contentCommands(content, path, "qcow2")) await execOn(host, command);
  await virsh(host, ["pool-refresh", "default"]);
  return { device: "disk", format: "qcow2", source: { type: "file", path } };
}

async function createShared({ lab, host, stem, content }: NewDisk, format: "qcow2" | "raw"): Promise<GuestDisk> {
  await ensureSharedDirectory(lab);
  const path = `${SHARED_DIR}/${stem}.${format}`;
  await writeDisk(content, pathOn(host, path), format);
  await refreshShared(lab);
  return { device: "disk", format, source: { type: "file", path } };
}

async function createNfs({ lab, stem, content }: NewDisk): Promise<GuestDisk> {
  const { portals } = await ensureNfs(lab);
  await writeDisk(content, join(storageDirectory(lab.config, "nfs"), `${stem}.raw`), "raw");
  return { device: "disk", format: "raw", source: { type: "nfs", server: portals[0], path: `${NFS_EXPORT}/${stem}.raw` } };
}

async function createIscsi({ lab, stem, content }: NewDisk): Promise<GuestDisk> {
  const target = targetName(stem);
  const server = await ensureIscsi(lab);
  await writeDisk(content, join(storageDirectory(lab.config, "iscsi"), `${stem}.raw`), "raw");
  await createTarget(lab, server, stem, `/srv/iscsi/${stem}.raw`);
  return { device: "disk", format: "raw", source: { type: "iscsi", portal: server.portals[0], port: ISCSI_PORT, target, lun: ISCSI_LUN } };
}

async function createBlock({ lab, stem, content }: NewDisk): Promise<GuestDisk> {
  const path = await createBlockDevice(lab.config, lab.hosts, stem, (file) => writeDisk(content, file, "raw"));
  return { device: "disk", format: "raw", source: { type: "block", path } };
}

async function createLocalIso({ host, stem }: NewDisk): Promise<GuestDisk> {
  const path = `${IMAGES_DIR}/${stem}.iso`;
  await writeIso(pathOn(host, path), stem);
  await virsh(host, ["pool-refresh", "default"]);
  return { device: "cdrom", format: "raw", source: { type: "file", path } };
}

async function createSharedIso({ lab, host, stem }: NewDisk): Promise<GuestDisk> {
  await ensureSharedDirectory(lab);
  const path = `${SHARED_DIR}/${stem}.iso`;
  await writeIso(pathOn(host, path), stem);
  await refreshShared(lab);
  return { device: "cdrom", format: "raw", source: { type: "file", path } };
}

async function refreshShared(lab: Lab): Promise<void> {
  for (const host of lab.hosts) await virsh(host, ["pool-refresh", SHARED_POOL]);
}
