import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addServer, codeOf, openRecords, type Records, request, startMigration } from "./records.ts";

let records: Records;
beforeAll(async () => {
  records = await openRecords();
});
afterAll(() => records.close());

test("ids have no gaps, though many transactions write at once and some fail", async () => {
  const { store } = records;
  const first = await store.events.lastId();
  const server = await addServer(records);
  const work = Array.from({ length: 15 }, async (_, i) => {
    await codeOf(store.hosts.setState(records.source.id, i % 2 === 0 ? "down" : "up", `round ${i}`));
    await codeOf(store.acceptMigration(request(records, server)));
    await codeOf(
      store.hosts.add({ name: "compute1", address: `a${i}`, port: 1, user: "u", hostKey: "k", uri: "u", migrationAddress: null }),
    );
    const { lease } = await startMigration(records);
    await store.openMigration(lease).steps.started({ name: "s", phase: "check" });
    await store.openMigration(lease).record.setStatus("cancelled");
  });
  await Promise.all(work);
  const ids = (await store.events.since(first)).map((event) => event.id);
  expect(ids).toEqual(Array.from({ length: ids.length }, (_, i) => first + 1 + i));
  expect(ids.at(-1)).toBe(await store.events.lastId());
});

test("a reader that follows the ids misses nothing that commits later", async () => {
  const { store } = records;
  let last = await store.events.lastId();
  const first = last;
  const seen: number[] = [];
  let writing = true;
  const reader = (async () => {
    while (writing) {
      for (const { id } of await store.events.since(last)) {
        seen.push(id);
        last = id;
      }
    }
  })();
  await Promise.all(Array.from({ length: 20 }, () => startMigration(records)));
  writing = false;
  await reader;
  for (const { id } of await store.events.since(last)) seen.push(id);
  expect(seen).toEqual(Array.from({ length: (await store.events.lastId()) - first }, (_, i) => first + 1 + i));
});

test("the events of a migration, folded, give its record", async () => {
  const { server, id, lease } = await startMigration(records);
  const { record } = records.store.openMigration(lease);
  await record.setStatus("queued");
  await record.setChoice({ hostId: records.destination.id, transport: "p2p", checks: [], virsh: null });
  await record.setStatus("preparing");
  await record.setStatus("running");
  await record.recordHandover({ paused: false });
  await record.setStatus("post-migrating");
  await record.setStatus("completed");
  const events = await records.store.events.since(0, { migrationId: id });
  const told: Record<string, unknown> = {};
  for (const { kind, data, hostId } of events) {
    if (kind === "migration.accepted" || kind === "migration.status") told["status"] = data["status"];
    if (kind === "migration.destination") told["destination"] = hostId;
    if (kind === "server.moved") told["host"] = hostId;
  }
  const { rows } = await records.sql.query(
    "SELECT m.status, m.destination_host_id AS destination, s.host_id AS host FROM migrations m JOIN servers s ON s.id = m.server_id WHERE m.id = $1",
    [id],
  );
  expect(told).toEqual(rows[0]);
  expect(events.every((event) => event.serverId === server)).toBe(true);
});

test("a filter shows only what was asked for, and a limit the oldest", async () => {
  const { server } = await startMigration(records);
  const events = await records.store.events.since(0, { serverId: server });
  expect(events.map((event) => event.kind)).toEqual(["server.adopted", "migration.accepted"]);
  expect(await records.store.events.since(0, { serverId: server }, 1)).toEqual(events.slice(0, 1));
  expect(await records.store.events.since(0, { projectId: "another" })).toEqual([]);
  expect(await records.store.events.since(0, { migrationId: randomUUID() })).toEqual([]);
});

test("purging old events does not bring their ids back", async () => {
  const before = await records.store.events.lastId();
  expect(await records.store.events.purge(new Date(Date.now() + 60_000))).toBe(before);
  await addServer(records);
  expect((await records.store.events.since(0)).map((event) => event.id)).toEqual([before + 1]);
});
