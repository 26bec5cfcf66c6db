import type { Element } from "@xmldom/xmldom";
import { requireName } from "./characters.ts";
import type { DestinationMapping, DiskMapping, DiskPlace } from "./destination-mapping.ts";
import { append, attributeOf, documentOf, find, removeChildren, setAttributes } from "./element.ts";
import { XmlError } from "./xml-error.ts";

/** Points the mapped disks to their places at the destination; others stay as they are. */
export function rewriteDisks(disks: readonly Element[], mapping: DestinationMapping["disks"]): void {
  const byTarget = new Map(disks.map((disk) => [attributeOf(find(disk, "target"), "dev"), disk]));
  for (const [target, place] of Object.entries(mapping)) {
    const disk = byTarget.get(target);
    if (!disk) throw new XmlError(`Cannot place disk ${target} at the destination: the guest has no disk of that name.`);
    rewriteDisk(disk, target, place);
  }
}

function rewriteDisk(disk: Element, target: string, mapping: DiskMapping): void {
  const source = find(disk, "source");
  if (!source) throw new XmlError(`Cannot place disk ${target} at the destination: it has no content.`);
  if (!attributeOf(find(disk, "driver"), "type"))
    throw new XmlError(
      `Cannot place disk ${target} at the destination: its definition names no format. Add <driver type=…>; ferry never probes.`,
    );
  setAttributes(disk, { type: mapping.place.type });
  setAttributes(source, { ...noPlace, ...placeAttributes(mapping.place) });
  removeChildren(disk, "backingStore");
  if (mapping.backing !== "undeclared") declareChain(disk, source, mapping.backing);
}

const noPlace = { file: null, dev: null, pool: null, volume: null, mode: null, index: null };

function placeAttributes(place: DiskPlace): Record<string, string> {
  if (place.type === "volume") return { pool: requireName(place.pool, "pool name"), volume: requireName(place.volume, "volume name") };
  return { [place.type === "file" ? "file" : "dev"]: requireAbsolute(place.path) };
}

/** Writes the chain right behind `<source>`; the innermost, empty element ends it. */
function declareChain(disk: Element, source: Element, chain: readonly { path: string; format: string }[]): void {
  const outermost = documentOf(disk).createElement("backingStore");
  disk.insertBefore(outermost, source.nextSibling);
  let store = outermost;
  for (const { path, format } of chain) {
    setAttributes(store, { type: "file" });
    append(store, "format", { type: format });
    append(store, "source", { file: requireAbsolute(path) });
    store = append(store, "backingStore");
  }
}

function requireAbsolute(path: string): string {
  if (!path.startsWith("/")) throw new XmlError(`Cannot use the disk path ${JSON.stringify(path)}: it must be absolute.`);
  return requireName(path, "disk path");
}
