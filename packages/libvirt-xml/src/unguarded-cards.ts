import type { Element } from "@xmldom/xmldom";
import { copyByShape } from "./copy-by-shape.ts";
import { parseDocument, serialize } from "./document.ts";
import { attributeOf, childrenOf, find, removeChildren } from "./element.ts";
import { appendFilterReference, type FilterReference, hasFilterReference } from "./filter-reference.ts";
import { restoreNetwork } from "./interface-of-network.ts";
import { networkInterface } from "./shapes/interface.ts";

/** A network card as it shall be: everything as it is but its network filter. */
export interface GuardedCard {
  readonly mac: string;
  /** The `<interface>` for libvirt's device update. */
  readonly xml: string;
}

/**
 * The cards of a domain that another network filter guards than the named one, or none, each with that one in its place. `addresses`: MAC -> the IPv4
 * address that the filter is to hold the card to.
 */
export function unguardedCards(domainXml: string, filter: string, addresses: Readonly<Record<string, string>>): GuardedCard[] {
  const wanted = (card: Element): FilterReference => ({ filter, address: addresses[macOf(card)] ?? null });
  const cards = childrenOf(find(parseDocument(domainXml, "domain"), "devices"), "interface");
  return cards
    .filter((card) => !hasFilterReference(card, wanted(card)))
    .map((card) => {
      const copy = copyByShape(card, networkInterface);
      restoreNetwork(copy);
      removeChildren(copy, "filterref");
      appendFilterReference(copy, wanted(card));
      return { mac: macOf(card), xml: serialize(copy) };
    });
}

const macOf = (card: Element): string => attributeOf(find(card, "mac"), "address") ?? "";
