import { parseDocument } from "./document.ts";
import { attributeOf, childrenOf, find, textAt } from "./element.ts";
import { XmlError } from "./xml-error.ts";

/** A libvirt network as its XML tells it. */
export interface NetworkDocument {
  readonly name: string;
  readonly uuid: string;
  /** Bridge that guests are plugged into; null for networks without one. */
  readonly bridge: string | null;
  /** `nat`, `route`, `bridge`, …; null for an isolated network. */
  readonly forwardMode: string | null;
  /** Names of its groups of ports, in order. */
  readonly portgroups: readonly string[];
  /** Kind of the switch port that its cards get, `openvswitch`; null: none. */
  readonly virtualPort: string | null;
}

/** Reads a network's XML. Throws `XmlError` when it has no name or uuid. */
export function parseNetwork(xml: string): NetworkDocument {
  const root = parseDocument(xml, "network");
  const [name, uuid] = [find(root, "name")?.textContent, textAt(root, "uuid")];
  if (!name || uuid === null) throw new XmlError("Cannot read the network: name and uuid must be there.");
  const forward = find(root, "forward");
  return {
    name,
    uuid,
    bridge: attributeOf(find(root, "bridge"), "name"),
    forwardMode: forward && (attributeOf(forward, "mode") ?? "nat"),
    portgroups: childrenOf(root, "portgroup").flatMap((group) => attributeOf(group, "name") ?? []),
    virtualPort: attributeOf(find(root, "virtualport"), "type"),
  };
}
