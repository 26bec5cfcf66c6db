import type { GuestDefinition, GuestInterface } from "@ferry/core";
import type { CardPlan } from "../move-plan.ts";
import { mapNetwork, type NetworkMaps, placeOf } from "./map-network.ts";

interface Definitions {
  readonly running: GuestDefinition;
  readonly persistent: GuestDefinition | null;
}

/** The cards of both definitions that are plugged into something of another name at the destination. For moves whose checks passed. */
export function planCards({ running, persistent }: Definitions, maps: NetworkMaps): CardPlan[] {
  const plans = running.interfaces.flatMap((nic) => planCard(nic, maps, true));
  const ofNextStart = (persistent?.interfaces ?? []).flatMap((nic) => planCard(nic, maps, false));
  return [...plans, ...ofNextStart.filter((plan) => !plans.some((one) => one.mac === plan.mac && one.from === plan.from))];
}

function planCard(nic: GuestInterface, maps: NetworkMaps, running: boolean): CardPlan[] {
  const place = placeOf(nic);
  const [there] = place ? mapNetwork(place, maps) : [];
  if (!place || !there || there.source === place.source) return [];
  return [{ mac: nic.mac, type: place.type, from: place.source, to: there.source, running }];
}
