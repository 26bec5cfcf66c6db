import type { GuestDefinition } from "@ferry/core";
import type { InterfacePlace } from "@ferry/libvirt-xml";
import type { CardPlan, MovePlan } from "../move-plan.ts";

type Places = Readonly<Record<string, InterfacePlace>>;
type Plan = Pick<MovePlan, "cards">;

/** What the cards of this definition are plugged into at the destination, by MAC address, where that differs. Null: what the running guest has. */
export const cardsThere = (plan: Plan, definition: GuestDefinition | null): Places => places(plan, definition, "from", "to");

/** The way back: what the same cards are plugged into at the source. */
export const cardsHere = (plan: Plan, definition: GuestDefinition): Places => places(plan, definition, "to", "from");

function places({ cards }: Plan, definition: GuestDefinition | null, here: "from" | "to", there: "from" | "to"): Places {
  const isOf = (card: CardPlan): boolean =>
    definition?.interfaces.some(({ mac, type, source }) => mac === card.mac && type === card.type && source === card[here]) ?? card.running;
  return Object.fromEntries(cards.filter(isOf).map((card) => [card.mac, { type: card.type, source: card[there] }]));
}
