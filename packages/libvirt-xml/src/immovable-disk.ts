import type { Element } from "@xmldom/xmldom";
import { attributeOf, find } from "./element.ts";

/** Kinds of `<disk type=…>` that a move can handle: content on this host, in a pool, or reached over the network. */
const movableTypes: readonly string[] = ["file", "block", "volume", "network"];

/** Media that a move can handle: image files and what is reached over the network, not the drives and directories of a host. */
const carried: readonly string[] = ["file", "volume", "network"];

/** Why this disk cannot move, null when it can. */
export function immovableDisk(disk: Element): { what: string; remedy: string } | null {
  const name = `${attributeOf(disk, "device") ?? "disk"} ${attributeOf(find(disk, "target"), "dev") ?? "without a target"}`;
  return removable(disk, name) ?? oddSource(disk, name) ?? busy(disk, name);
}

function removable(disk: Element, name: string) {
  const device = attributeOf(disk, "device") ?? "disk";
  const source = find(disk, "source");
  if (device !== "cdrom" && device !== "floppy") return null;
  if (!source || carried.includes(attributeOf(disk, "type") ?? "file")) return null;
  const medium = attributeOf(source, "dev") ?? attributeOf(source, "dir") ?? "a local medium";
  return { what: `${name} holds ${medium}`, remedy: "Eject the medium before the move (virsh change-media GUEST TARGET --eject)." };
}

function oddSource(disk: Element, name: string) {
  const type = attributeOf(disk, "type") ?? "file";
  const device = attributeOf(disk, "device") ?? "disk";
  if (!movableTypes.includes(type))
    return {
      what: `${name} of type ${type} is bound to its host`,
      remedy: "Move its content to a disk of type file, block, volume or network.",
    };
  if (device === "lun" && type !== "network")
    return {
      what: `${name} passes SCSI commands to a device of the host`,
      remedy: "Detach it before the move, or define it with device='disk'.",
    };
  if (find(disk, "source", "encryption"))
    return {
      what: `${name} is encrypted with a secret of its host`,
      remedy: "ferry does not carry libvirt secrets: move the guest when it is shut off.",
    };
  return null;
}

function busy(disk: Element, name: string) {
  if (find(disk, "mirror"))
    return {
      what: `${name} has a block job running`,
      remedy: "Wait until the job has ended, or cancel it (virsh blockjob GUEST TARGET --abort).",
    };
  if (find(disk, "transient"))
    return {
      what: `${name} is transient: its changes live in a temporary file of the host`,
      remedy: "Remove <transient/> and restart the guest.",
    };
  return null;
}
