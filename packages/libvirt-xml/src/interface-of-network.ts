import type { Element } from "@xmldom/xmldom";
import { attributeOf, find, setAttributes } from "./element.ts";

/**
 * Whether the card belongs to a libvirt network. While the guest runs, libvirt shows a card of a network that stands on an existing bridge or host
 * device as what it became (`bridge`, `direct`), and keeps the network's name beside it.
 */
export const isOfNetwork = (card: Element): boolean => {
  const type = attributeOf(card, "type");
  return type === "network" || ((type === "bridge" || type === "direct") && attributeOf(find(card, "source"), "network") !== null);
};

/** Makes such a card one of its network again, so that the destination's network of that name decides what it becomes there. */
export function restoreNetwork(card: Element): void {
  if (!isOfNetwork(card) || attributeOf(card, "type") === "network") return;
  setAttributes(card, { type: "network" });
  const source = find(card, "source");
  if (source) setAttributes(source, { bridge: null, dev: null, mode: null });
}
