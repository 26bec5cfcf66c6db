import { parseDocument } from "./document.ts";
import { attributeOf, childrenOf } from "./element.ts";

/** Kinds of pools that a libvirt has a backend for, from `<storagepoolCapabilities>`. */
export function parsePoolKinds(xml: string): string[] {
  const pools = childrenOf(parseDocument(xml, "storagepoolCapabilities"), "pool");
  return pools.filter((pool) => attributeOf(pool, "supported") === "yes").flatMap((pool) => attributeOf(pool, "type") ?? []);
}
