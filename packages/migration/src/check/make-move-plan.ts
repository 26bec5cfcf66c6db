import { fail, type GuestInterface } from "@ferry/core";
import type { MoveFacts } from "../facts.ts";
import { backingFiles, copies, type MovePlan } from "../move-plan.ts";
import { availableMiB } from "../policy/available-memory.ts";
import { chooseTransport } from "../policy/choose-transport.ts";
import { mapNetwork, type NetworkMaps, placeOf } from "../policy/map-network.ts";
import { matchFilters } from "../policy/match-filters.ts";
import { placeState } from "../policy/place-state.ts";
import { planCards } from "../policy/plan-cards.ts";
import { planDisks } from "../policy/plan-disks.ts";
import { planResize } from "../policy/plan-resize.ts";

/** The plan that follows from facts whose checks passed. */
export function makeMovePlan(facts: MoveFacts): MovePlan {
  const { source, destination } = facts;
  const choice = chooseTransport(facts);
  if (!source.guest || !destination.host || "refused" in choice)
    throw fail("INTERNAL", {}, new Error("a plan was asked for before the checks passed"));
  const disks = planDisks(facts);
  const resize = planResize(facts, disks);
  if (resize !== null && "reason" in resize) throw fail("INTERNAL", {}, new Error("a plan was asked for before the checks passed"));
  const state = facts.order.mode === "saved" ? placeState(facts) : null;
  const maps = { source: source.record.networkMap, destination: destination.record.networkMap };
  const filters = matchFilters(source.filters, destination.filters);
  return {
    sourceId: source.record.id,
    destinationId: destination.record.id,
    mode: facts.order.mode,
    transport: choice.transport,
    guest: { uuid: source.guest.uuid, name: source.guest.name },
    paused: source.observation.kind === "present" && source.observation.state === "paused",
    memoryMiB: Math.ceil(source.guest.memoryKiB / 1024),
    vcpus: source.guest.vcpus,
    ...(resize === null ? {} : { resize }),
    availableMiB: availableMiB(destination.host, 0, facts.reservedMemoryMiB),
    disks,
    state,
    pools: [...new Set([...copies({ disks }), ...backingFiles({ disks }), ...(state ? [state] : [])].map((made) => made.pool))],
    cards: planCards({ running: source.guest, persistent: source.persistent }, maps),
    networks: [...new Set(source.guest.interfaces.flatMap((nic) => networksOf(nic, maps)))],
    filters: filters.flatMap((match) => (match.kind === "place" ? [match.name] : [])),
    sourceFilters: filters.map((match) => match.name),
  };
}

/** The libvirt network that the card is plugged into at the destination, if it is one. */
function networksOf(nic: GuestInterface, maps: NetworkMaps): string[] {
  const place = placeOf(nic);
  return place?.type === "network" ? mapNetwork(place, maps).map(({ source }) => source) : [];
}
