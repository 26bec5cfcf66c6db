import { parseDocument } from "./document.ts";
import { attributeOf, find, textAt } from "./element.ts";
import { sizeBytes } from "./sizes.ts";
import { XmlError } from "./xml-error.ts";

/** A storage pool as its XML tells it; sizes in bytes, 0 while it is not active. */
export interface PoolDocument {
  readonly name: string;
  readonly uuid: string;
  readonly type: string;
  /** Directory or device directory of its volumes; null for pools without one. */
  readonly path: string | null;
  readonly capacityBytes: number;
  readonly allocationBytes: number;
  readonly availableBytes: number;
}

/** Reads a pool's XML. Throws `XmlError` when it has no name or uuid. */
export function parsePool(xml: string): PoolDocument {
  const root = parseDocument(xml, "pool");
  const [name, uuid] = [find(root, "name")?.textContent, textAt(root, "uuid")];
  if (!name || uuid === null) throw new XmlError("Cannot read the pool: name and uuid must be there.");
  const bytes = (element: string): number => sizeBytes(find(root, element), "bytes") ?? 0;
  return {
    name,
    uuid,
    type: attributeOf(root, "type") ?? "unknown",
    path: textAt(root, "target", "path"),
    capacityBytes: bytes("capacity"),
    allocationBytes: bytes("allocation"),
    availableBytes: bytes("available"),
  };
}
