import { parseDocument, serialize } from "./document.ts";
import { append, attributeOf, childrenOf, find, removeChildren } from "./element.ts";
import { XmlError } from "./xml-error.ts";

/** The definition with another image below the disk of that file; everything else stays. Throws `XmlError` when no disk is that file. */
export function rebackedDomain(xml: string, path: string, backing: { readonly path: string; readonly format: string }): string {
  const domain = parseDocument(xml, "domain");
  const disks = childrenOf(find(domain, "devices"), "disk");
  const disk = disks.find((one) => attributeOf(find(one, "source"), "file") === path);
  if (disk === undefined) throw new XmlError(`The definition has no disk ${path}.`);
  removeChildren(disk, "backingStore");
  const store = append(disk, "backingStore", { type: "file" });
  append(store, "format", { type: backing.format });
  append(store, "source", { file: backing.path });
  append(store, "backingStore");
  return serialize(domain);
}
