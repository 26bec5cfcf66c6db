import type { Element } from "@xmldom/xmldom";
import { requireName } from "./characters.ts";
import type { DestinationMapping, InterfacePlace } from "./destination-mapping.ts";
import { attributeOf, find, setAttributes } from "./element.ts";
import { restoreNetwork } from "./interface-of-network.ts";
import { XmlError } from "./xml-error.ts";

const sourceAttribute: Record<InterfacePlace["type"], string> = { bridge: "bridge", network: "network", direct: "dev" };

/** Gives cards of libvirt networks back to these, plugs the mapped cards into the destination's bridges and networks and renames filters; others stay as they are. */
export function rewriteInterfaces(
  cards: readonly Element[],
  places: DestinationMapping["interfaces"],
  filters: DestinationMapping["filters"],
): void {
  for (const card of cards) restoreNetwork(card);
  const byMac = new Map(cards.map((card) => [attributeOf(find(card, "mac"), "address")?.toLowerCase(), card]));
  for (const [mac, place] of Object.entries(places)) {
    const card = byMac.get(mac);
    if (!card) throw new XmlError(`Cannot plug in network card ${mac} at the destination: the guest has no card of that address.`);
    plug(card, mac, place);
  }
  for (const card of cards) renameFilter(card, filters);
}

function plug(card: Element, mac: string, place: InterfacePlace): void {
  const type = attributeOf(card, "type");
  const source = find(card, "source");
  if (type !== place.type || !source)
    throw new XmlError(`Cannot plug network card ${mac} into ${place.type} ${place.source}: its type is ${type}, and must stay that.`);
  setAttributes(source, { [sourceAttribute[place.type]]: requireName(place.source, `${place.type} name`) });
}

function renameFilter(card: Element, filters: DestinationMapping["filters"]): void {
  const reference = find(card, "filterref");
  const name = attributeOf(reference, "filter");
  const renamed = name !== null && Object.hasOwn(filters, name) ? filters[name] : undefined;
  if (reference && renamed !== undefined) setAttributes(reference, { filter: requireName(renamed, "filter name") });
}
