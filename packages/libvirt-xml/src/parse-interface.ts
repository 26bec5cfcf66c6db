import type { GuestInterface } from "@ferry/core";
import type { Element } from "@xmldom/xmldom";
import { attributeOf, find } from "./element.ts";

/** Which attribute of `<source>` names what the card is plugged into, by interface type. */
const sourceAttribute: Readonly<Record<string, string>> = { bridge: "bridge", network: "network", direct: "dev", vdpa: "dev" };

/** Reads one `<interface>`. */
export function parseInterface(card: Element): GuestInterface {
  const type = attributeOf(card, "type") ?? "unknown";
  return {
    mac: (attributeOf(find(card, "mac"), "address") ?? "").toLowerCase(),
    type,
    source: attributeOf(find(card, "source"), sourceAttribute[type] ?? "bridge"),
    target: attributeOf(find(card, "target"), "dev"),
    model: attributeOf(find(card, "model"), "type"),
    filter: attributeOf(find(card, "filterref"), "filter"),
  };
}
