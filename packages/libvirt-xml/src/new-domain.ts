import type { Element } from "@xmldom/xmldom";
import { requireName } from "./characters.ts";
import { createRoot, serialize } from "./document.ts";
import { append } from "./element.ts";
import { appendFilterReference, type FilterReference } from "./filter-reference.ts";
import { XmlError } from "./xml-error.ts";

/** A guest that ferry makes. Paths are of files in pools of its host. */
export interface NewDomain {
  readonly uuid: string;
  readonly name: string;
  readonly virtType: "kvm" | "qemu";
  readonly arch: string;
  /** Null: the hypervisor's own default. */
  readonly machine: string | null;
  readonly memoryMiB: number;
  readonly vcpus: number;
  readonly root: { readonly path: string; readonly backing: { readonly path: string; readonly format: string } };
  /** An ISO image; null: none. */
  readonly configDrive: string | null;
  readonly nics: readonly NewCard[];
}

export interface NewCard {
  readonly type: "network" | "bridge";
  readonly source: string;
  readonly mac: string;
  /** Null: nothing guards it. */
  readonly guard: FilterReference | null;
}

/**
 * The persistent definition of a new guest: it boots from its first disk, has a serial console and no graphics. Formats are declared, and so is the
 * backing chain to its end, so that nothing is ever probed.
 */
export function newDomain(domain: NewDomain): string {
  const root = createRoot("domain");
  root.setAttribute("type", domain.virtType);
  append(root, "name", {}, requireName(domain.name, "domain name"));
  append(root, "uuid", {}, domain.uuid);
  append(root, "memory", { unit: "MiB" }, domain.memoryMiB);
  append(root, "vcpu", {}, domain.vcpus);
  const os = append(root, "os");
  append(os, "type", { arch: domain.arch, machine: domain.machine }, "hvm");
  append(os, "boot", { dev: "hd" });
  if (isX86(domain.arch)) append(append(root, "features"), "acpi");
  describeCpu(root, domain);
  append(root, "clock", { offset: "utc" });
  append(root, "on_poweroff", {}, "destroy");
  append(root, "on_reboot", {}, "restart");
  append(root, "on_crash", {}, "destroy");
  describeDevices(append(root, "devices"), domain);
  return serialize(root);
}

const isX86 = (arch: string): boolean => arch === "x86_64" || arch === "i686";

/** The host's own processor where it executes the guest; where it is emulated, the plainest one. */
function describeCpu(root: Element, { virtType, arch }: NewDomain): void {
  if (virtType === "kvm") append(root, "cpu", { mode: "host-model", check: "partial" });
  else if (isX86(arch))
    append(append(root, "cpu", { mode: "custom", match: "exact", check: "none" }), "model", { fallback: "forbid" }, "qemu64");
}

function describeDevices(devices: Element, domain: NewDomain): void {
  describeRoot(devices, domain.root);
  if (domain.configDrive !== null) describeConfigDrive(devices, domain.configDrive);
  append(devices, "controller", { type: "usb", model: "none" });
  for (const nic of domain.nics) describeNic(devices, nic);
  append(append(devices, "serial", { type: "pty" }), "target", { port: 0 });
  append(append(devices, "console", { type: "pty" }), "target", { type: "serial", port: 0 });
}

function describeRoot(devices: Element, { path, backing }: NewDomain["root"]): void {
  const disk = append(devices, "disk", { type: "file", device: "disk" });
  append(disk, "driver", { name: "qemu", type: "qcow2", cache: "none" });
  append(disk, "source", { file: absolute(path) });
  const store = append(disk, "backingStore", { type: "file" });
  append(store, "format", { type: backing.format });
  append(store, "source", { file: absolute(backing.path) });
  append(store, "backingStore");
  append(disk, "target", { dev: "vda", bus: "virtio" });
}

function describeConfigDrive(devices: Element, path: string): void {
  const disk = append(devices, "disk", { type: "file", device: "cdrom" });
  append(disk, "driver", { name: "qemu", type: "raw" });
  append(disk, "source", { file: absolute(path) });
  append(disk, "target", { dev: "sda", bus: "sata" });
  append(disk, "readonly");
}

/** A server boots from its disk: its card needs no boot program, which the hosts might have in different versions. */
function describeNic(devices: Element, { type, source, mac, guard }: NewCard): void {
  const nic = append(devices, "interface", { type });
  append(nic, "mac", { address: mac });
  append(nic, "source", { [type]: requireName(source, `${type} name`) });
  append(nic, "model", { type: "virtio" });
  append(nic, "rom", { enabled: "no" });
  if (guard !== null) appendFilterReference(nic, guard);
}

function absolute(path: string): string {
  if (!path.startsWith("/")) throw new XmlError(`Cannot use the disk path ${JSON.stringify(path)}: it must be absolute.`);
  return requireName(path, "disk path");
}
