import type { Element } from "@xmldom/xmldom";
import { requireName } from "./characters.ts";
import { append, attributeOf, childrenOf, find } from "./element.ts";

/** The network filter that guards a card. */
export interface FilterReference {
  readonly filter: string;
  /** The IPv4 address that the filter holds the card to, libvirt's parameter IP; null: none. */
  readonly address: string | null;
}

/** Has the filter guard the card, which must not have another one. */
export function appendFilterReference(card: Element, { filter, address }: FilterReference): void {
  const reference = append(card, "filterref", { filter: requireName(filter, "filter name") });
  if (address !== null) append(reference, "parameter", { name: "IP", value: address });
}

/** Whether the card has the filter, and the address where one is wanted. */
export function hasFilterReference(card: Element, { filter, address }: FilterReference): boolean {
  const reference = find(card, "filterref");
  if (attributeOf(reference, "filter") !== filter) return false;
  const parameters = childrenOf(reference, "parameter").filter((one) => attributeOf(one, "name") === "IP");
  return address === null || parameters.some((one) => attributeOf(one, "value") === address);
}
