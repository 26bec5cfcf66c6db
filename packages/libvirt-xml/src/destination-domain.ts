import type { Element } from "@xmldom/xmldom";
import { requireName } from "./characters.ts";
import { copyByShape } from "./copy-by-shape.ts";
import { rewriteDisks } from "./destination-disk.ts";
import { rewriteInterfaces } from "./destination-interface.ts";
import { rewriteListenAddresses } from "./destination-listen.ts";
import type { DestinationMapping } from "./destination-mapping.ts";
import { parseDocument, serialize } from "./document.ts";
import { attributeOf, childrenOf, find } from "./element.ts";
import { immovableThings } from "./immovable.ts";
import { domain as domainShape } from "./shapes/domain.ts";
import { XmlError } from "./xml-error.ts";

/**
 * The definition for the destination, from the source's migratable XML (live or persistent). Every element is re-created from the allow-list,
 * so name, uuid, metadata and all that the guest sees stay equal (libvirt's ABI check), and nothing unknown travels. Throws `XmlError` for
 * immovable things, unknown elements, and mappings that name a disk, card or filter the guest does not have.
 */
export function destinationDomain(migratableXml: string, mapping: DestinationMapping): string {
  const source = parseDocument(migratableXml, "domain");
  requireMovable(source);
  const domain = copyByShape(source, domainShape);
  domain.removeAttribute("id");
  requireName(find(domain, "name")?.textContent ?? "", "domain name");
  dropDynamicLabels(domain);
  const devices = find(domain, "devices");
  rewriteDisks(childrenOf(devices, "disk"), mapping.disks);
  rewriteInterfaces(childrenOf(devices, "interface"), mapping.interfaces, mapping.filters);
  if (mapping.listenAddress !== null) rewriteListenAddresses(devices, requireName(mapping.listenAddress, "listen address"));
  return serialize(domain);
}

function requireMovable(domain: Element): void {
  const things = immovableThings(domain);
  if (things.length > 0) throw new XmlError(`Cannot move this guest: ${things.map(({ what, remedy }) => `${what}. ${remedy}`).join(" ")}`);
}

/** Labels that the source's security driver made up; the destination makes its own. */
function dropDynamicLabels(domain: Element): void {
  for (const label of childrenOf(domain, "seclabel")) {
    const dynamic = (attributeOf(label, "type") ?? "dynamic") === "dynamic";
    if (dynamic && !find(label, "baselabel")) domain.removeChild(label);
  }
}
