import type { GuestInterface } from "@ferry/core";
import type { Element } from "@xmldom/xmldom";
import { attributeOf, childrenOf, find } from "./element.ts";
import { isOfNetwork } from "./interface-of-network.ts";

/** Which attribute of `<source>` names what the card is plugged into, by interface type. */
const sourceAttribute: Readonly<Record<string, string>> = { bridge: "bridge", network: "network", direct: "dev", vdpa: "dev" };

/** What libvirt takes for a macvtap card whose definition names no mode. */
const defaultMode = "vepa";

/** Reads one `<interface>`. */
export function parseInterface(card: Element): GuestInterface {
  const type = isOfNetwork(card) ? "network" : (attributeOf(card, "type") ?? "unknown");
  const source = find(card, "source");
  return {
    mac: (attributeOf(find(card, "mac"), "address") ?? "").toLowerCase(),
    type,
    source: attributeOf(source, sourceAttribute[type] ?? "bridge"),
    portgroup: attributeOf(source, "portgroup"),
    mode: type === "direct" ? (attributeOf(source, "mode") ?? defaultMode) : null,
    vlans: childrenOf(find(card, "vlan"), "tag").map((tag) => Number(attributeOf(tag, "id"))),
    virtualPort: attributeOf(find(card, "virtualport"), "type"),
    target: attributeOf(find(card, "target"), "dev"),
    model: attributeOf(find(card, "model"), "type"),
    filter: attributeOf(find(card, "filterref"), "filter"),
  };
}
