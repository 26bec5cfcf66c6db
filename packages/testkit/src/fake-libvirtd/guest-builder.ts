import { randomUUID } from "node:crypto";
import type { DiskImage } from "./disk-image.ts";
import type { FakeDomain } from "./domain.ts";
import { FakeFile } from "./files.ts";
import type { FakeHost } from "./host.ts";
import { escaped } from "./xml.ts";

/** One disk of a new guest. */
export interface DiskSpec {
  /** Default: `vda`, `vdb`, … by position. */
  readonly target?: string;
  /** Absolute path of the image. */
  readonly path: string;
  readonly format?: "qcow2" | "raw";
  readonly capacityBytes?: number;
  /** Path of a base image; made when it is not there. */
  readonly backing?: string;
  /** A medium in a CD-ROM drive instead of a disk. */
  readonly medium?: boolean;
}

/** What a new guest looks like; everything has a default. */
export interface GuestSpec {
  readonly name?: string;
  readonly uuid?: string;
  readonly memoryKiB?: number;
  readonly vcpus?: number;
  readonly machine?: string;
  readonly disks?: readonly DiskSpec[];
  readonly filter?: string;
  readonly network?: string;
  readonly bridge?: string;
  /** Of its one network card. */
  readonly mac?: string;
  readonly paused?: boolean;
}

const MIB = 1024 ** 2;

/** Makes a guest's images, defines it and starts it. */
export function startGuest(host: FakeHost, spec: GuestSpec = {}): FakeDomain {
  const name = spec.name ?? "lm001";
  const disks = spec.disks ?? [{ path: `/var/lib/libvirt/images/${name}.qcow2` }];
  for (const disk of disks) makeImages(host, disk);
  for (const pool of host.pools.all()) if (pool.active) pool.refresh();
  return host.startGuest(guestXml({ ...spec, name, disks }), { paused: spec.paused ?? false });
}

function makeImages(host: FakeHost, disk: DiskSpec): void {
  const capacityBytes = disk.capacityBytes ?? 64 * MIB;
  if (disk.backing !== undefined && !host.files.get(disk.backing)) {
    const base: DiskImage = {
      format: "qcow2",
      capacityBytes,
      backing: null,
      blocks: { system: `the base of ${disk.backing}`, shared: "base" },
    };
    host.files.put(disk.backing, FakeFile.ofImage(base));
  }
  const backing = disk.backing === undefined ? null : { path: disk.backing, format: "qcow2" };
  const blocks = { boot: `the boot block of ${disk.path}`, ...(backing ? { shared: "changed in the overlay" } : {}) };
  host.files.put(disk.path, FakeFile.ofImage({ format: disk.format ?? (disk.medium ? "raw" : "qcow2"), capacityBytes, backing, blocks }));
}

/** A definition as libvirt would keep it. */
export function guestXml(spec: GuestSpec): string {
  const disks = (spec.disks ?? []).map((disk, index) => diskXml(disk, index)).join("");
  return `<domain type='qemu'><name>${escaped(spec.name ?? "lm001")}</name><uuid>${spec.uuid ?? randomUUID()}</uuid><memory unit='KiB'>${spec.memoryKiB ?? 262_144}</memory><currentMemory unit='KiB'>${spec.memoryKiB ?? 262_144}</currentMemory><vcpu placement='static'>${spec.vcpus ?? 1}</vcpu><os><type arch='x86_64' machine='${spec.machine ?? "pc-q35-7.2"}'>hvm</type><boot dev='hd'/></os><features><acpi/></features><cpu mode='custom' match='exact' check='full'><model fallback='forbid'>qemu64</model></cpu><clock offset='utc'/><on_poweroff>destroy</on_poweroff><on_reboot>restart</on_reboot><on_crash>destroy</on_crash><devices><emulator>/usr/bin/qemu-system-x86_64</emulator>${disks}${interfaceXml(spec)}<memballoon model='virtio'/></devices></domain>`;
}

function diskXml(disk: DiskSpec, index: number): string {
  const target = disk.target ?? `vd${String.fromCharCode(97 + index)}`;
  if (disk.medium)
    return `<disk type='file' device='cdrom'><driver name='qemu' type='${disk.format ?? "raw"}'/><source file='${escaped(disk.path)}'/><target dev='${target}' bus='sata'/><readonly/></disk>`;
  return `<disk type='file' device='disk'><driver name='qemu' type='${disk.format ?? "qcow2"}' cache='none'/><source file='${escaped(disk.path)}'/><target dev='${target}' bus='virtio'/></disk>`;
}

function interfaceXml({ filter, network, bridge, mac = "52:54:00:00:00:11" }: GuestSpec): string {
  if (network === undefined && bridge === undefined) return "";
  const source = network === undefined ? `<source bridge='${escaped(bridge ?? "")}'/>` : `<source network='${escaped(network)}'/>`;
  const filterref = filter === undefined ? "" : `<filterref filter='${escaped(filter)}'/>`;
  return `<interface type='${network === undefined ? "bridge" : "network"}'><mac address='${mac}'/>${source}<model type='virtio'/>${filterref}</interface>`;
}
