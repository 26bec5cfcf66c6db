import type { Element } from "@xmldom/xmldom";
import { attributeOf, childrenOf, find } from "./element.ts";
import { immovableDisk } from "./immovable-disk.ts";

/** Something of a guest that is bound to its host: what it is, and what to do about it. */
export interface Immovable {
  readonly what: string;
  readonly remedy: string;
}

type Judge = (device: Element) => Immovable | null;

const detach = (what: string): Immovable => ({
  what,
  remedy: "Detach it from the guest before the move, and attach one of the destination's afterwards.",
});
const shared = (what: string): Immovable => ({
  what,
  remedy: "It shares state with its host: remove it from the definition and restart the guest, then move it.",
});

/** Devices of which every one binds the guest to its host. */
const always: Readonly<Record<string, (device: Element) => Immovable>> = {
  hostdev: (device) => detach(`host device ${hostdevWords(device)} passed through`),
  filesystem: (device) =>
    detach(`host directory ${attributeOf(find(device, "source"), "dir") ?? ""} shared with the guest`.replace("  ", " ")),
  shmem: (device) => shared(`memory region "${attributeOf(device, "name") ?? ""}" shared with other processes of the host`),
  tpm: (device) => shared(`TPM (${attributeOf(find(device, "backend"), "type") ?? "unknown"}), whose state is kept on the host`),
  lease: (device) => detach(`lock lease ${find(device, "key")?.textContent ?? ""}`),
  pstore: () => shared("pstore device, whose file is kept on the host"),
  crypto: () => shared("crypto device backed by the host"),
};

/** Devices of which some bind the guest to its host. */
const sometimes: Readonly<Record<string, Judge>> = {
  disk: immovableDisk,
  interface: immovableInterface,
  input: (device) => judge(["passthrough", "evdev"], device, "input device of the host"),
  smartcard: (device) => judge(["host", "host-certificates"], device, "smart card of the host", "mode"),
  serial: hostLine,
  parallel: hostLine,
  console: hostLine,
  channel: hostLine,
  memory: (device) => judge(["nvdimm", "virtio-pmem", "sgx-epc"], device, "memory device backed by a file or enclave of the host", "model"),
};

function judge(types: readonly string[], device: Element, words: string, attribute = "type"): Immovable | null {
  const value = attributeOf(device, attribute);
  return value !== null && types.includes(value) ? detach(`${words} (${value})`) : null;
}

function hostdevWords(device: Element): string {
  const address = find(device, "source", "address");
  const part = (name: string): string => (attributeOf(address, name) ?? "0").replace(/^0x/, "");
  const uuid = attributeOf(address, "uuid");
  const type = attributeOf(device, "type") ?? "of unknown type";
  if (type === "pci")
    return `PCI ${part("domain").padStart(4, "0")}:${part("bus").padStart(2, "0")}:${part("slot").padStart(2, "0")}.${part("function")}`;
  return uuid === null ? type : `${type} ${uuid}`;
}

function immovableInterface(device: Element): Immovable | null {
  const mac = attributeOf(find(device, "mac"), "address") ?? "without address";
  const source = find(device, "source");
  if (attributeOf(device, "type") === "direct" && attributeOf(source, "mode") === "passthrough") return passedThrough(mac, source);
  return judge(["hostdev", "vdpa", "vhostuser"], device, `network card ${mac} bound to hardware or a socket of the host`);
}

const passedThrough = (mac: string, source: Element | null): Immovable => ({
  what: `network card ${mac} that has the host's ${attributeOf(source, "dev") ?? "device"} to itself (macvtap mode passthrough)`,
  remedy: "Connect it in macvtap mode bridge, vepa or private, or to a bridge, and restart the guest; then move it.",
});

function hostLine(device: Element): Immovable | null {
  const path = attributeOf(find(device, "source"), "path");
  return attributeOf(device, "type") === "dev" ? detach(`${device.nodeName} line connected to the host's ${path}`) : null;
}

/** Elements beside `<devices>` that bind the guest to its host. */
const elsewhere: Readonly<Record<string, Immovable>> = {
  launchSecurity: {
    what: "encrypted guest memory (launchSecurity)",
    remedy: "The hypervisor cannot move such a guest live: shut it down and start it elsewhere.",
  },
  "qemu:commandline": {
    what: "raw QEMU arguments (qemu:commandline)",
    remedy: "ferry cannot know what they need of the host: remove them from the definition and restart the guest.",
  },
  "qemu:override": { what: "raw QEMU device properties (qemu:override)", remedy: "Remove them from the definition and restart the guest." },
  "qemu:capabilities": {
    what: "altered QEMU capabilities (qemu:capabilities)",
    remedy: "Remove them from the definition and restart the guest.",
  },
  "xen:commandline": { what: "raw Xen arguments (xen:commandline)", remedy: "Remove them from the definition and restart the guest." },
  idmap: { what: "user id mapping of a container (idmap)", remedy: "Containers cannot move live." },
};

/** Whether this child of `<devices>` or of `<domain>` is reported as immovable by its mere presence (so it is not an unknown element as well). */
export const isKnownImmovable = (name: string): boolean => Object.hasOwn(always, name) || Object.hasOwn(elsewhere, name);

/** All that binds this guest to its host, in document order. */
export function immovableThings(domain: Element): Immovable[] {
  const direct = childrenOf(domain).flatMap((child) => (Object.hasOwn(elsewhere, child.nodeName) ? [elsewhere[child.nodeName]] : []));
  const ofDevices = childrenOf(find(domain, "devices")).map((device) => immovableDevice(device));
  return [...direct, ...ofDevices].filter((found) => found !== null && found !== undefined);
}

function immovableDevice(device: Element): Immovable | null {
  const name = device.nodeName;
  if (Object.hasOwn(always, name)) return always[name]?.(device) ?? null;
  return Object.hasOwn(sometimes, name) ? (sometimes[name]?.(device) ?? null) : null;
}
