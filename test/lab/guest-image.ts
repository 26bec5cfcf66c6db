import { open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cached, compile, contentKey } from "./cache.ts";
import type { LabConfig } from "./config.ts";
import { type ArchiveEntry, packCpio } from "./cpio.ts";
import { type GuestKernel, readGuestKernel } from "./guest-kernel.ts";
import { run } from "./run.ts";

/*
 * The guests' disk: 1 GiB, thin.
 *
 *   MiB 0       partition table and boot code
 *   MiB 1-48    FAT: boot loader, kernel, initial file system with drivers and the witness
 *   MiB 48-304  the witness's records, raw
 *   the rest    unused; `dataMiB` of a guest is written there
 */
const MIB = 1024 * 1024;
const SECTORS_PER_MIB = MIB / 512;
const BOOT = { start: 1, size: 47, type: 0x0e, active: true } as const;
const RECORDS = { start: 48, size: 256, type: 0xda, active: false } as const;

/** Virtual size of a guest's disk in MiB. */
export const DISK_MIB = 1024;
/** First MiB of the disk that no partition uses. */
export const UNUSED_START_MIB = RECORDS.start + RECORDS.size;

const MBR_CODE = "/usr/lib/syslinux/mbr/mbr.bin";
const WITNESS_SOURCES = ["clock.c", "main.c", "memory.c", "network.c", "plugged.c", "power.c", "records.c", "server.c", "spoof.c"];
const KERNEL_OPTIONS = "console=ttyS0,115200 quiet panic=-1 mitigations=off nokaslr no_timer_check random.trust_cpu=on";
const BOOT_CONFIG = `DEFAULT linux\nPROMPT 0\nTIMEOUT 0\nLABEL linux\n  KERNEL vmlinuz\n  INITRD initrd\n  APPEND ${KERNEL_OPTIONS}\n`;
/** Part of the cache key: raise it when this file changes what it builds. */
const LAYOUT_VERSION = "1";

/** What a guest boots: the disk, and the same kernel and initial file system apart (for a boot without a disk). */
export interface GuestImage {
  /** qcow2, read-only by agreement: hosts copy it. */
  readonly disk: string;
  readonly kernel: string;
  readonly initrd: string;
  /** Changes with the content; part of the names below a host's pool. */
  readonly key: string;
}

/** Builds the guests' image, or returns the cached one. Takes about 2 s the first time. */
export async function guestImage(config: LabConfig): Promise<GuestImage> {
  const sources = WITNESS_SOURCES.map((name) => `witness/${name}`);
  const witness = await readFile(await compile(config, "witness", sources, ["witness/witness.h"]));
  const kernel = await readGuestKernel();
  const initrd = packCpio(initialFiles(witness, kernel));
  const key = contentKey([LAYOUT_VERSION, kernel.image, initrd, BOOT_CONFIG]);
  return {
    key,
    kernel: await cached(config, `kernel-${key}`, (target) => writeFile(target, kernel.image)),
    initrd: await cached(config, `initrd-${key}`, (target) => writeFile(target, initrd)),
    disk: await cached(config, `guest-${key}.qcow2`, (target, workDir) => buildDisk(target, workDir, kernel.image, initrd)),
  };
}

function initialFiles(witness: Uint8Array, kernel: GuestKernel): ArchiveEntry[] {
  const directories: ArchiveEntry[] = ["dev", "modules"].map((path) => ({ kind: "directory", path }));
  const drivers: ArchiveEntry[] = kernel.drivers.map(({ name, content }, index) => {
    return { kind: "file", path: `modules/${String(index).padStart(2, "0")}-${name}`, content };
  });
  const console: ArchiveEntry = { kind: "character-device", path: "dev/console", major: 5, minor: 1 };
  return [...directories, console, ...drivers, { kind: "file", path: "init", content: witness }];
}

async function buildDisk(target: string, workDir: string, kernel: Uint8Array, initrd: Uint8Array): Promise<void> {
  const raw = join(workDir, "disk.raw");
  await writePartitionTable(raw);
  await writeFile(join(workDir, "vmlinuz"), kernel);
  await writeFile(join(workDir, "initrd"), initrd);
  await writeFile(join(workDir, "syslinux.cfg"), BOOT_CONFIG);
  const partition = `${raw}@@${BOOT.start * MIB}`;
  const sectors = String(BOOT.size * SECTORS_PER_MIB);
  await run(["mformat", "-i", partition, "-T", sectors, "-H", String(BOOT.start * SECTORS_PER_MIB), "-h", "64", "-s", "32", "::"]);
  const files = ["vmlinuz", "initrd", "syslinux.cfg"].map((name) => join(workDir, name));
  await run(["mcopy", "-i", partition, ...files, "::"]);
  await run(["syslinux", "--install", "--offset", String(BOOT.start * MIB), raw]);
  await run(["qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw, target]);
}

async function writePartitionTable(path: string): Promise<void> {
  const sector = Buffer.alloc(512);
  (await readFile(MBR_CODE)).copy(sector, 0, 0, 440);
  [BOOT, RECORDS].forEach((partition, index) => {
    partitionEntry(partition).copy(sector, 446 + index * 16);
  });
  sector.writeUInt16LE(0xaa55, 510);
  await using file = await open(path, "w");
  await file.truncate(DISK_MIB * MIB);
  await file.write(sector, 0, sector.length, 0);
}

/** 16 bytes: active flag, CHS start, type, CHS end, start and length in sectors. The CHS fields say "see the sector numbers". */
function partitionEntry(partition: { start: number; size: number; type: number; active: boolean }): Buffer {
  const entry = Buffer.from([partition.active ? 0x80 : 0, 0xfe, 0xff, 0xff, partition.type, 0xfe, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]);
  entry.writeUInt32LE(partition.start * SECTORS_PER_MIB, 8);
  entry.writeUInt32LE(partition.size * SECTORS_PER_MIB, 12);
  return entry;
}
