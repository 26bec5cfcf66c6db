import { requireName } from "./characters.ts";
import { createRoot, parseDocument, serialize } from "./document.ts";
import { append, attributeOf, find, textAt } from "./element.ts";
import { sizeBytes } from "./sizes.ts";
import { XmlError } from "./xml-error.ts";

/** A volume as its XML tells it; sizes in bytes. */
export interface VolumeDocument {
  readonly name: string;
  readonly key: string | null;
  readonly path: string;
  readonly format: string | null;
  readonly capacityBytes: number;
  readonly allocationBytes: number;
  /** When the content last changed, as libvirt writes it (`1341933637.273190990`, seconds since the epoch); null where it does not tell. */
  readonly modifiedAt: string | null;
  readonly backing: { readonly path: string; readonly format: string | null } | null;
}

/** A volume to be created, of exactly this virtual size. */
export interface NewVolume {
  readonly name: string;
  readonly format: string;
  readonly capacityBytes: number;
  /** Takes all its room at once. Default: thin. */
  readonly allocated?: boolean;
  readonly backing: { readonly path: string; readonly format: string } | null;
}

/** libvirt's own default is 0.10, which cannot mark clusters as zero: copied zeros would take room. Every QEMU since 1.1 reads 1.1. */
const QCOW2_COMPAT = "1.1";

/** `<volume>` for creation. The name must not contain a slash: it becomes a file name in the pool's directory. */
export function buildVolume(volume: NewVolume): string {
  if (requireName(volume.name, "volume name").includes("/"))
    throw new XmlError(`Cannot use volume name ${JSON.stringify(volume.name)}: it must not contain "/".`);
  const root = createRoot("volume");
  root.setAttribute("type", "file");
  append(root, "name", {}, volume.name);
  append(root, "capacity", { unit: "bytes" }, volume.capacityBytes);
  append(root, "allocation", { unit: "bytes" }, volume.allocated ? volume.capacityBytes : 0);
  const target = append(root, "target");
  append(target, "format", { type: volume.format });
  if (volume.format === "qcow2") append(target, "compat", {}, QCOW2_COMPAT);
  if (volume.backing) {
    const store = append(root, "backingStore");
    append(store, "path", {}, requireName(volume.backing.path, "backing path"));
    append(store, "format", { type: volume.backing.format });
  }
  return serialize(root);
}

/** Reads a volume's XML. Throws `XmlError` when name, path or capacity is missing. */
export function parseVolume(xml: string): VolumeDocument {
  const root = parseDocument(xml, "volume");
  const [name, path, capacityBytes] = [textOf("name"), textAt(root, "target", "path"), sizeBytes(find(root, "capacity"), "bytes")];
  if (!name || path === null || capacityBytes === null)
    throw new XmlError("Cannot read the volume: name, target/path and capacity must be there.");
  const backingPath = textAt(root, "backingStore", "path");
  return {
    name,
    key: textAt(root, "key"),
    path,
    format: attributeOf(find(root, "target", "format"), "type"),
    capacityBytes,
    allocationBytes: sizeBytes(find(root, "allocation"), "bytes") ?? 0,
    modifiedAt: textAt(root, "target", "timestamps", "mtime"),
    backing: backingPath === null ? null : { path: backingPath, format: attributeOf(find(root, "backingStore", "format"), "type") },
  };

  function textOf(element: string): string {
    return find(root, element)?.textContent ?? "";
  }
}
