import { requireName } from "./characters.ts";
import { copyByShape } from "./copy-by-shape.ts";
import { parseDocument, serialize } from "./document.ts";
import { append, attributeOf, childrenOf, find, removeChildren } from "./element.ts";
import { restoreNetwork } from "./interface-of-network.ts";
import { networkInterface } from "./shapes/interface.ts";

/** A network card as it shall be: everything as it is but its network filter. */
export interface GuardedCard {
  readonly mac: string;
  /** The `<interface>` for libvirt's device update. */
  readonly xml: string;
}

/** The cards of a domain that another network filter guards than the named one, or none, each with that one in its place. */
export function unguardedCards(domainXml: string, filter: string): GuardedCard[] {
  const cards = childrenOf(find(parseDocument(domainXml, "domain"), "devices"), "interface");
  return cards
    .filter((card) => attributeOf(find(card, "filterref"), "filter") !== filter)
    .map((card) => {
      const copy = copyByShape(card, networkInterface);
      restoreNetwork(copy);
      removeChildren(copy, "filterref");
      append(copy, "filterref", { filter: requireName(filter, "filter name") });
      return { mac: attributeOf(find(copy, "mac"), "address") ?? "", xml: serialize(copy) };
    });
}
