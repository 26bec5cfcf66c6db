import { isUuid } from "@ferry/core";
import type { Element } from "@xmldom/xmldom";
import { requireName } from "./characters.ts";
import { createRoot, parseDocument, serialize } from "./document.ts";
import { append, attributeOf, childrenOf, documentOf, setAttributes, textAt } from "./element.ts";
import { plainAttributes } from "./unknown-paths.ts";
import { XmlError } from "./xml-error.ts";

/** A network filter as its XML tells it. */
export interface NwfilterDocument {
  readonly name: string;
  readonly uuid: string;
  /** The filter without uuid, comments and blanks between elements, attributes in order of their names: equal text means equal rules. */
  readonly rulesXml: string;
  /** Names of the filters that it refers to, each once, in order. */
  readonly references: readonly string[];
  /** Whether it has rules that the host's IP firewall carries out. */
  readonly filtersIp: boolean;
}

/** Protocols of rules that the bridge carries out itself (libvirt's formatnwfilter, "supported protocols"); all others are the IP firewall's. */
const bridgeProtocols = ["mac", "vlan", "stp", "arp", "rarp", "ip", "ipv6"];

/** Reads a filter's XML. Throws `XmlError` when it has no name or uuid. */
export function parseNwfilter(xml: string): NwfilterDocument {
  const root = parseDocument(xml, "filter");
  const [name, uuid] = [attributeOf(root, "name"), textAt(root, "uuid")];
  if (!name || uuid === null) throw new XmlError("Cannot read the filter: name and uuid must be there.");
  const references = childrenOf(root, "filterref").map((reference) => attributeOf(reference, "filter"));
  const protocols = childrenOf(root, "rule").flatMap((rule) => childrenOf(rule).map((match) => match.nodeName));
  return {
    name,
    uuid,
    rulesXml: serialize(normalised(root)),
    references: [...new Set(references.filter((text) => text !== null))],
    filtersIp: protocols.some((protocol) => !bridgeProtocols.includes(protocol)),
  };
}

/** The filter's XML under the given name and uuid. `rulesXml` is what `parseNwfilter` returned. */
export function buildNwfilter(filter: { readonly name: string; readonly uuid: string; readonly rulesXml: string }): string {
  if (!isUuid(filter.uuid))
    throw new XmlError(`Cannot use ${JSON.stringify(filter.uuid)} as uuid of filter ${filter.name}: it must be a uuid with dashes.`);
  const root = normalised(parseDocument(filter.rulesXml, "filter"));
  setAttributes(root, { name: requireName(filter.name, "filter name") });
  const uuid = documentOf(root).createElement("uuid");
  uuid.appendChild(documentOf(root).createTextNode(filter.uuid));
  root.insertBefore(uuid, root.firstChild);
  return serialize(root);
}

function normalised(filter: Element): Element {
  const copy = createRoot("filter");
  copyInto(copy, filter, (child) => child.nodeName !== "uuid");
  return copy;
}

/** Elements and attributes only: filters carry no text besides the uuid. */
function copyInto(copy: Element, source: Element, wanted: (child: Element) => boolean): void {
  const attributes = plainAttributes(source).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, value } of attributes) copy.setAttribute(name, value);
  for (const child of childrenOf(source).filter(wanted)) copyInto(append(copy, child.nodeName), child, () => true);
}
