import type { Element } from "@xmldom/xmldom";
import type { DiskImage } from "./disk-image.ts";
import { append, attributeAt, childrenOf, find, parseRoot, serialize, textAt } from "./xml.ts";

/** A disk as a domain definition names it. Only files are modelled. */
export interface DefinedDisk {
  readonly target: string;
  /** Null for an empty drive. */
  readonly path: string | null;
  readonly format: string;
  readonly readOnly: boolean;
}

/** What the fake reads from a domain definition. */
export interface DefinedDomain {
  readonly uuid: string;
  readonly name: string;
  readonly memoryKiB: number;
  readonly vcpus: number;
  readonly machine: string | undefined;
  readonly disks: readonly DefinedDisk[];
  readonly filters: readonly string[];
  readonly networks: readonly string[];
  readonly bridges: readonly string[];
}

export function readDomain(xml: string): DefinedDomain {
  const root = parseRoot(xml, "domain");
  const devices = find(root, "devices");
  const interfaces = childrenOf(devices, "interface");
  const sources = (attribute: string): string[] => interfaces.flatMap((nic) => attributeAt(find(nic, "source"), attribute) ?? []);
  return {
    uuid: textAt(root, "uuid") ?? "",
    name: find(root, "name")?.textContent ?? "",
    memoryKiB: Number(textAt(root, "memory") ?? "0"),
    vcpus: Number(textAt(root, "vcpu") ?? "1"),
    machine: attributeAt(find(root, "os", "type"), "machine"),
    disks: childrenOf(devices, "disk").map(readDisk),
    filters: interfaces.flatMap((nic) => attributeAt(find(nic, "filterref"), "filter") ?? []),
    networks: sources("network"),
    bridges: sources("bridge"),
  };
}

function readDisk(disk: Element): DefinedDisk {
  return {
    target: attributeAt(find(disk, "target"), "dev") ?? "",
    path: attributeAt(find(disk, "source"), "file") ?? null,
    format: attributeAt(find(disk, "driver"), "type") ?? "raw",
    readOnly: find(disk, "readonly") !== undefined,
  };
}

/** The backing chain below one disk, nearest first. */
export type ChainOf = (target: string) => readonly { readonly path: string; readonly image: DiskImage }[];

/** The live view: with the running id, and the backing chain as QEMU has it open. The migratable and the persistent view have neither. */
export function liveView(xml: string, id: number, chainOf: ChainOf): string {
  const root = parseRoot(xml, "domain");
  root.setAttribute("id", String(id));
  for (const disk of childrenOf(find(root, "devices"), "disk")) {
    if (find(disk, "backingStore")) continue;
    let parent = disk;
    for (const { path, image } of chainOf(attributeAt(find(disk, "target"), "dev") ?? "")) {
      parent = append(parent, "backingStore", { type: "file" });
      append(parent, "format", { type: image.format });
      append(parent, "source", { file: path });
    }
    append(parent, "backingStore");
  }
  return serialize(root);
}
