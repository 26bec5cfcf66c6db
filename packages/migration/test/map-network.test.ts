import type { NetworkMap } from "@ferry/core";
import { destinationDomain, parseDomain } from "@ferry/libvirt-xml";
import { expect, it } from "vitest";
import { makeMovePlan } from "../src/check/make-move-plan.ts";
import { cardsHere, cardsThere } from "../src/policy/card-places.ts";
import { mapNetwork } from "../src/policy/map-network.ts";
import { destinationId, guest, moveFacts, networkCard, record, sourceId } from "./support/move-facts.ts";

const bridge = (source: string) => ({ type: "bridge", source }) as const;
const tenant: NetworkMap = { "bridge:br0": "bridge:br-tenant" };

it.each<[situation: string, from: string, source: NetworkMap, destination: NetworkMap, to: string[]]>([
  ["no map", "br0", {}, {}, ["br0"]],
  ["a name of the destination's own", "br0", {}, tenant, ["br-tenant"]],
  ["another network", "br1", {}, tenant, ["br1"]],
  ["back from a mapped host", "br-tenant", tenant, {}, ["br0"]],
  ["from one mapped host to another", "br-tenant", tenant, { "bridge:br0": "bridge:lan" }, ["lan"]],
  ["the destination's word on the source's name", "br-tenant", tenant, { "bridge:br-tenant": "bridge:x" }, ["x"]],
  ["two origins of one name", "all", { "bridge:red": "bridge:all", "bridge:blue": "bridge:all" }, {}, ["red", "blue"]],
  [
    "two origins that are one at the destination",
    "all",
    { "bridge:red": "bridge:all", "bridge:blue": "bridge:all" },
    { "bridge:red": "bridge:br0", "bridge:blue": "bridge:br0" },
    ["br0"],
  ],
  ["a libvirt network of the same name", "br0", { "network:a": "network:br0" }, { "network:br0": "network:b" }, ["br0"]],
  ["a name that every object has", "constructor", {}, {}, ["constructor"]],
])("a bridge is found at the destination: %s", (_, from, source, destination, to) => {
  expect(mapNetwork(bridge(from), { source, destination })).toEqual(to.map(bridge));
});

const facts = moveFacts();
const running = [
  networkCard({ mac: "52:54:00:00:00:01", type: "bridge", source: "br0" }),
  networkCard({ mac: "52:54:00:00:00:02", source: "lan" }),
  networkCard({ mac: "52:54:00:00:00:03", type: "bridge", source: "br1" }),
];
const later = networkCard({ mac: "52:54:00:00:00:04", type: "bridge", source: "br0" });
const definitions = { guest: guest({ interfaces: running }), persistent: guest({ interfaces: [...running.slice(0, 2), later] }) };
const networkMap = { ...tenant, "network:lan": "network:lab" };
const plan = makeMovePlan({
  ...facts,
  source: { ...facts.source, ...definitions, record: record(sourceId, "kvm1") },
  destination: { ...facts.destination, record: record(destinationId, "kvm2", { networkMap }) },
});

it("a plan keeps the cards whose networks have other names, and starts the destination's networks", () => {
  expect(plan.cards).toEqual([
    { mac: "52:54:00:00:00:01", type: "bridge", from: "br0", to: "br-tenant", running: true },
    { mac: "52:54:00:00:00:02", type: "network", from: "lan", to: "lab", running: true },
    { mac: "52:54:00:00:00:04", type: "bridge", from: "br0", to: "br-tenant", running: false },
  ]);
  expect(plan.networks).toEqual(["lab"]);
});

it("each definition is given the places of its own cards, there and back", () => {
  const moved = { "52:54:00:00:00:01": bridge("br-tenant"), "52:54:00:00:00:02": { type: "network", source: "lab" } };
  expect(cardsThere(plan, definitions.guest)).toEqual(moved);
  expect(cardsThere(plan, null)).toEqual(moved);
  expect(cardsThere(plan, definitions.persistent)).toEqual({ ...moved, "52:54:00:00:00:04": bridge("br-tenant") });
  expect(cardsHere(plan, guest({ interfaces: [{ ...later, source: "br-tenant" }] }))).toEqual({ "52:54:00:00:00:04": bridge("br0") });
});

it("a definition goes there and comes back as it was", () => {
  const cards = running.map(
    ({ mac, type, source }) => `<interface type="${type}"><mac address="${mac}"/><source ${type}="${source}"/></interface>`,
  );
  const xml = `<domain type="kvm"><name>lm001</name><uuid>${guest().uuid}</uuid><memory>1</memory><devices>${cards.join("")}</devices></domain>`;
  const same = { disks: {}, filters: {}, listenAddress: null };
  const there = destinationDomain(xml, { ...same, interfaces: cardsThere(plan, parseDomain(xml)) });
  expect(parseDomain(there).interfaces.map(({ source }) => source)).toEqual(["br-tenant", "lab", "br1"]);
  const back = destinationDomain(there, { ...same, interfaces: cardsHere(plan, parseDomain(there)) });
  expect(parseDomain(back)).toEqual(parseDomain(xml));
});
