import { randomUUID } from "node:crypto";
import type { GuestInterface, ServerId } from "@ferry/core";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeOf, guest, openRecords, type Records } from "./records.ts";

let records: Records;
let listener: Client;
const heard: string[] = [];
beforeAll(async () => {
  records = await openRecords();
  listener = new Client({ connectionString: records.connectionString });
  await listener.connect();
  listener.on("notification", ({ payload }) => void heard.push(payload ?? ""));
  await listener.query("LISTEN ferry_firewalls");
});
afterAll(async () => {
  await listener.end();
  await records.close();
});

let cards = 0;
const card = (change: Partial<GuestInterface> = {}): GuestInterface => ({
  mac: `52:54:00:00:00:${(++cards).toString(16).padStart(2, "0")}`,
  type: "bridge",
  source: "br0",
  portgroup: null,
  mode: null,
  vlans: [],
  virtualPort: null,
  target: null,
  model: "virtio",
  filter: null,
  ...change,
});

/** Brings the record in line with a host that has just this guest besides those that it had. */
async function see(id: string, interfaces: readonly GuestInterface[]): Promise<ServerId> {
  const { store, source, owner } = records;
  const seen = guest(id);
  const summary = { ...seen, definition: { ...seen.definition, interfaces } };
  await store.servers.syncGuests(source.id, [...others.filter((one) => one.definition.uuid !== id), summary], new Date(), owner);
  others.splice(0, others.length, ...others.filter((one) => one.definition.uuid !== id), summary);
  return id as ServerId;
}
const others: ReturnType<typeof guest>[] = [];
const addServer = (interfaces: readonly GuestInterface[] = [card()]) => see(randomUUID(), interfaces);

async function addGroup(): Promise<string> {
  const { projectId } = records.owner;
  return (await records.store.securityGroups.create({ projectId, name: randomUUID(), description: "" })).id;
}
const join = (serverId: string, groupId: string) => records.store.securityGroupMembers.join({ serverId, groupId, group: groupId });
const letMembersIn = (groupId: string, remoteGroupId: string) =>
  records.store.securityGroups.addRule({ groupId, protocol: null, fromPort: null, toPort: null, cidr: null, remoteGroupId });

/** What the server's host would have to have in force; takes it for done. */
async function carryOut(server: ServerId) {
  const { serverFirewalls } = records.store;
  const lease = await serverFirewalls.take(server, "worker", 30_000);
  if (lease === null) throw new Error("the lease was not to be had");
  const order = await serverFirewalls.order(lease);
  if (order !== null) expect(await serverFirewalls.settle(lease, order.revision)).toBe(true);
  await serverFirewalls.release(lease);
  return order;
}
const isPending = async (server: string) => (await records.store.serverFirewalls.state(server))?.pending;

test("each change is told to workers, for every server whose firewall it changes and no other", async () => {
  const [web, db, stranger] = [await addServer(), await addServer(), await addServer()];
  const [webs, dbs] = [await addGroup(), await addGroup()];
  await letMembersIn(dbs, webs);
  await join(db, dbs);
  await join(stranger, webs);
  for (const server of [db, stranger]) await carryOut(server);
  await listener.query("SELECT 1");
  heard.length = 0;
  await join(web, webs);
  await listener.query("SELECT 'what was told before arrives before this answer'");
  expect([...heard].sort()).toEqual([web, db].sort());
  expect(await Promise.all([web, db, stranger].map(isPending))).toEqual([true, true, false]);
});

test("rules for members of a group name these members' cards as they are now", async () => {
  const [own, other] = [card(), card()];
  const server = await addServer();
  const member = await addServer([own, other]);
  const [group, members] = [await addGroup(), await addGroup()];
  await letMembersIn(group, members);
  await join(server, group);
  await join(member, members);
  const macs = async () => [...new Set((await carryOut(server))?.groups.flatMap(({ rules }) => rules.map(({ mac }) => mac)))].sort();
  expect(await macs()).toEqual([own.mac, other.mac].sort());
  await see(member, [other]);
  expect(await isPending(server)).toBe(true);
  expect(await macs()).toEqual([other.mac]);
  await records.store.servers.applyGuestState(records.source.id, member, null);
  expect(await macs()).toEqual([]);
});

test("a change that comes while another one is carried out is not taken for done with it", async () => {
  const { serverFirewalls, securityGroups } = records.store;
  const server = await addServer();
  const group = await addGroup();
  await join(server, group);
  const lease = await serverFirewalls.take(server, "worker", 30_000);
  if (lease === null) throw new Error("the lease was not to be had");
  const order = await serverFirewalls.order(lease);
  await securityGroups.addRule({ groupId: group, protocol: "tcp", fromPort: 1, toPort: 1, cidr: "::/0", remoteGroupId: null });
  expect(await serverFirewalls.settle(lease, order?.revision ?? 0)).toBe(false);
  expect(await isPending(server)).toBe(true);
});

test("a worker whose lease has gone to another one is told so, and settles nothing", async () => {
  const { serverFirewalls } = records.store;
  const server = await addServer();
  await join(server, await addGroup());
  const late = await serverFirewalls.take(server, "late", 0);
  const next = await serverFirewalls.take(server, "next", 30_000);
  if (late === null || next === null) throw new Error("a lease was not to be had");
  expect(await codeOf(serverFirewalls.order(late))).toBe("FIREWALL_FENCED");
  expect(await serverFirewalls.settle(late, 1)).toBe(false);
  expect((await serverFirewalls.order(next))?.serverId).toBe(server);
});

test.each([
  ["macvtap", card({ type: "direct" }), /cannot filter its card .* of type direct/],
  ["a port of Open vSwitch", card({ virtualPort: "openvswitch" }), /on a switch port of openvswitch/],
  ["a filter of somebody else", card({ filter: "clean-traffic" }), /has the network filter clean-traffic/],
])("a server with a card on %s cannot be in a group", async (_, one, sentence) => {
  const server = await addServer([one]);
  await expect(join(server, await addGroup())).rejects.toThrow(sentence);
  expect(await records.store.serverFirewalls.state(server)).toBeNull();
});

test("of two equal rules at once one is made", async () => {
  const groupId = await addGroup();
  const rule = { groupId, protocol: null, fromPort: null, toPort: null, cidr: null, remoteGroupId: groupId };
  const codes = await Promise.all([1, 2, 3].map(() => codeOf(records.store.securityGroups.addRule(rule))));
  expect(codes.sort()).toEqual(["SECURITY_GROUP_RULE_EXISTS", "SECURITY_GROUP_RULE_EXISTS", null]);
});

test("a project has one default group, however many look first", async () => {
  const projectId = randomUUID();
  await Promise.all([1, 2, 3, 4].map(() => records.store.securityGroups.ensureDefault(projectId)));
  const [group, ...more] = await records.store.securityGroups.page(projectId, { limit: 10, offset: 0 });
  expect(more).toEqual([]);
  expect(group?.rules).toMatchObject([{ protocol: null, remoteGroupId: group?.id }]);
});

test("a group goes with a deleted server in it, but not with a living one", async () => {
  const server = await addServer();
  const group = await addGroup();
  await join(server, group);
  expect(await codeOf(records.store.securityGroups.remove(group))).toBe("SECURITY_GROUP_IN_USE");
  await records.store.servers.applyGuestState(records.source.id, server, null);
  await records.store.securityGroups.remove(group);
  expect(await records.store.securityGroups.find(group)).toBeNull();
});
