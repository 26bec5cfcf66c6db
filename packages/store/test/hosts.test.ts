import { randomUUID } from "node:crypto";
import { hostId } from "@ferry/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addHost, codeOf, facts, openRecords, type Records } from "./records.ts";

let records: Records;
beforeAll(async () => {
  records = await openRecords();
});
afterAll(() => records.close());

const newHost = { port: 22, user: "root", hostKey: "ssh-ed25519 AAAA", uri: "qemu:///system", migrationAddress: null };

test("a second host of that name or address is refused", async () => {
  const { hosts } = records.store;
  expect(await codeOf(hosts.add({ ...newHost, name: "compute1", address: "other.example" }))).toBe("HOST_EXISTS");
  expect(await codeOf(hosts.add({ ...newHost, name: "other", address: "compute1.example" }))).toBe("HOST_EXISTS");
});

test("a host is found by id, by name and by number", async () => {
  const { hosts } = records.store;
  const { id, number } = records.source;
  expect((await hosts.find(id))?.name).toBe("compute1");
  expect((await hosts.find("compute1"))?.id).toBe(id);
  expect((await hosts.find(number))?.id).toBe(id);
  expect(await hosts.find("nobody")).toBeNull();
});

test("without an address for streams the SSH address serves", async () => {
  expect(await records.store.hosts.address(records.source.id)).toMatchObject({ migrationAddress: "compute1.example" });
});

test("a network map is changed entry by entry, and told", async () => {
  const { store } = records;
  const { id } = await store.hosts.add({ ...newHost, name: "mapped", address: "mapped.example", networkMap: { "bridge:a": "bridge:b" } });
  await store.hosts.changeNetworkMap(id, { "network:lan": "network:lab", "bridge:c": "bridge:d" });
  await store.hosts.changeNetworkMap(id, { "bridge:c": null, "bridge:never": null });
  const networkMap = { "bridge:a": "bridge:b", "network:lan": "network:lab" };
  expect(await store.hosts.find(id)).toMatchObject({ networkMap });
  expect(await store.checks.host(id)).toMatchObject({ networkMap });
  expect((await store.hypervisors.page({ id }, { limit: 1 }))[0]).toMatchObject({ networkMap });
  const told = (await store.events.since(0)).filter((event) => event.hostId === id && event.kind === "host.changed");
  expect(told.map(({ data }) => data)).toContainEqual(expect.objectContaining({ name: "mapped", networkMap }));
  expect(await codeOf(store.hosts.changeNetworkMap(hostId(randomUUID()), {}))).toBe("HOST_NOT_FOUND");
});

test("facts bring a host up and are told once", async () => {
  const { store } = records;
  const host = await store.hosts.add({ ...newHost, name: "facts", address: "facts.example" });
  expect(host.state).toBe("adding");
  await store.hosts.saveFacts(host.id, facts("facts"));
  await store.hosts.saveFacts(host.id, facts("facts"));
  expect(await store.hosts.find(host.id)).toMatchObject({ state: "up", problem: null, facts: { hostname: "facts" } });
  const told = (await store.events.since(0)).filter((event) => event.hostId === host.id).map((event) => event.kind);
  expect(told).toEqual(["host.added", "host.changed"]);
});

test("facts do not lift a quarantine", async () => {
  const { store } = records;
  const { id } = await addHost(store, "quarantined");
  await store.hosts.setState(id, "quarantined", "its key changed");
  await store.hosts.saveFacts(id, facts("quarantined"));
  expect(await store.hosts.find(id)).toMatchObject({ state: "quarantined", problem: "its key changed" });
});

test("of many workers one watches a host, until it lets go", async () => {
  const { hosts } = records.store;
  const { id } = await addHost(records.store, "watched");
  const owners = Array.from({ length: 15 }, (_, i) => `worker-${i}`);
  const got = await Promise.all(owners.map((owner) => hosts.acquireMonitor(id, owner, 30_000)));
  expect(got.filter(Boolean)).toHaveLength(1);
  const winner = owners[got.indexOf(true)] ?? "";
  expect(await hosts.renewMonitor(id, winner, 30_000)).toBe(true);
  expect(await hosts.renewMonitor(id, "another", 30_000)).toBe(false);
  await hosts.releaseMonitor(id, "another");
  expect(await hosts.acquireMonitor(id, "another", 30_000)).toBe(false);
  await hosts.releaseMonitor(id, winner);
  expect(await hosts.acquireMonitor(id, "another", 30_000)).toBe(true);
});

test("a watch that ran out goes to the next worker, and the first one learns it", async () => {
  const { hosts } = records.store;
  const { id } = await addHost(records.store, "expired");
  await hosts.acquireMonitor(id, "first", 0);
  expect(await hosts.acquireMonitor(id, "second", 30_000)).toBe(true);
  expect(await hosts.renewMonitor(id, "first", 30_000)).toBe(false);
});
