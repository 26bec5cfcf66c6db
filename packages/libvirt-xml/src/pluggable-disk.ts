import type { PluggableDisk, PluggableSource, PoolLogin } from "@ferry/core";
import type { Element } from "@xmldom/xmldom";
import { requireName } from "./characters.ts";
import { createRoot, serialize } from "./document.ts";
import { append } from "./element.ts";
import { XmlError } from "./xml-error.ts";

/** libvirt's buses by the first letters of a disk's name. */
const buses: Readonly<Record<string, string>> = { vd: "virtio", xvd: "xen", sd: "scsi" };

/**
 * `<disk>` for plugging in. Without a cache on the host, because a shared disk could not move otherwise. Throws `XmlError` for a name that is on no
 * known bus, and for a path that is not absolute.
 */
export function buildPluggableDisk({ target, serial, format, source }: PluggableDisk): string {
  const root = createRoot("disk");
  root.setAttribute("type", source.type);
  root.setAttribute("device", "disk");
  append(root, "driver", { name: "qemu", type: format, cache: "none" });
  appendSource(root, source);
  append(root, "target", { dev: target, bus: busOf(target) });
  append(root, "serial", {}, requireName(serial, "disk serial"));
  return serialize(root);
}

/** `<disk>` for pulling out: libvirt finds it by its name. Throws `XmlError` for a name that is on no known bus. */
export function buildPulledDisk(target: string): string {
  const root = createRoot("disk");
  root.setAttribute("device", "disk");
  append(root, "target", { dev: target, bus: busOf(target) });
  return serialize(root);
}

function busOf(target: string): string {
  const bus = buses[/^([a-z]+)[a-z]$/.exec(target)?.[1] ?? ""];
  if (bus === undefined)
    throw new XmlError(`Cannot plug a disk in as ${JSON.stringify(target)}: it must be vda to vdz, sda to sdz or xvda to xvdz.`);
  return bus;
}

function appendSource(disk: Element, source: PluggableSource): void {
  if (source.type !== "network") {
    if (!source.path.startsWith("/")) throw new XmlError(`Cannot use the disk path ${JSON.stringify(source.path)}: it must be absolute.`);
    append(disk, "source", { [source.type === "file" ? "file" : "dev"]: requireName(source.path, "disk path") });
    return;
  }
  const element = append(disk, "source", { protocol: source.protocol, name: requireName(source.name, "disk name") });
  for (const { name, port } of source.hosts) append(element, "host", { name: requireName(name, "server name"), port });
  if (source.initiator !== null) append(append(element, "initiator"), "iqn", { name: requireName(source.initiator, "initiator name") });
  appendLogin(element, source.protocol, source.login);
}

function appendLogin(source: Element, protocol: "iscsi" | "rbd", login: PoolLogin | null): void {
  if (login === null) return;
  const auth = append(source, "auth", { username: requireName(login.user, "user name") });
  append(auth, "secret", { type: protocol === "rbd" ? "ceph" : "iscsi", uuid: login.secret });
}
