import { randomUUID } from "node:crypto";
import { hostId, serverId } from "@ferry/core";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addHost, addServer, codeOf, guest, openRecords, type Records, request } from "./records.ts";

let records: Records;
beforeAll(async () => {
  records = await openRecords();
});
afterAll(() => records.close());

let here = hostId("");
beforeEach(async () => {
  here = (await addHost(records.store, `host-${randomUUID()}`)).id;
});

const sync = async (guests: ReturnType<typeof guest>[], host = here, asOf?: Date) =>
  await records.store.servers.syncGuests(host, guests, asOf ?? (await records.store.servers.syncMark()), records.owner);

const row = async (id: string): Promise<Record<string, unknown>> =>
  (await records.sql.query("SELECT * FROM servers WHERE id = $1", [id])).rows[0];
const kinds = async (id: string): Promise<string[]> => (await records.store.events.since(0, { serverId: id })).map((event) => event.kind);

test("a new guest becomes a server of the default project with its definition's numbers", async () => {
  const id = randomUUID();
  expect((await sync([guest(id)])).adopted).toEqual([id]);
  expect(await row(id)).toMatchObject({
    host_id: here,
    project_id: records.owner.projectId,
    vm_state: "active",
    power_state: 1,
    memory_mib: 256,
    launched_at: expect.any(Date),
  });
  expect(await kinds(id)).toEqual(["server.adopted"]);
});

test("a stopped guest is adopted as not launched", async () => {
  const id = randomUUID();
  await sync([guest(id, "shutoff")]);
  expect(await row(id)).toMatchObject({ vm_state: "stopped", power_state: 4, launched_at: null });
});

test("a list that brings nothing new writes nothing", async () => {
  const id = randomUUID();
  await sync([guest(id)]);
  const before = await row(id);
  expect(await sync([guest(id)])).toEqual({ adopted: [], updated: [], moved: [], gone: [] });
  expect(await row(id)).toEqual(before);
});

test("a changed definition is followed", async () => {
  const id = randomUUID();
  await sync([guest(id)]);
  const bigger = guest(id);
  await sync([{ ...bigger, definition: { ...bigger.definition, memoryKiB: 1_048_576, name: "db1" } }]);
  expect(await row(id)).toMatchObject({ name: "db1", memory_mib: 1024 });
});

test("a guest that vanished is deleted, and alive again when it comes back", async () => {
  const id = randomUUID();
  await sync([guest(id)]);
  expect((await sync([])).gone).toEqual([id]);
  expect(await row(id)).toMatchObject({ vm_state: "deleted", terminated_at: expect.any(Date) });
  expect((await sync([guest(id)])).updated).toEqual([id]);
  expect(await row(id)).toMatchObject({ vm_state: "active", terminated_at: null });
});

test("a record follows a guest that somebody moved, once it is known to be dead where it was", async () => {
  const id = randomUUID();
  const there = (await addHost(records.store, `host-${randomUUID()}`)).id;
  await sync([guest(id)]);
  expect((await sync([guest(id)], there)).moved).toEqual([]);
  await sync([guest(id, "shutoff", { reason: "migrated" })]);
  expect((await sync([guest(id)], there)).moved).toEqual([id]);
  expect(await row(id)).toMatchObject({ host_id: there, vm_state: "active" });
  expect((await sync([guest(id, "shutoff")])).updated).toEqual([]);
  expect(await row(id)).toMatchObject({ host_id: there });
});

test("a server with an unfinished migration is left to it", async () => {
  const id = serverId(randomUUID());
  await sync([guest(id)]);
  await records.store.acceptMigration(request(records, id));
  expect(await sync([])).toMatchObject({ gone: [] });
  expect(await sync([guest(id, "paused")])).toMatchObject({ updated: [] });
  expect(await sync([guest(id)], records.destination.id)).toMatchObject({ moved: [], adopted: [] });
  expect(await row(id)).toMatchObject({ vm_state: "active", task_state: "migrating", host_id: here });
});

test("a list older than the record changes nothing of it", async () => {
  const id = randomUUID();
  const before = await records.store.servers.syncMark();
  await sync([guest(id)]);
  expect((await sync([], here, before)).gone).toEqual([]);
  expect(await row(id)).toMatchObject({ vm_state: "active" });
});

test("two workers that sync one host at once adopt each guest once", async () => {
  const guests = Array.from({ length: 20 }, () => guest(randomUUID()));
  const results = await Promise.all([sync(guests), sync(guests), sync([...guests].reverse())]);
  const adopted = results.flatMap((result) => result.adopted);
  expect([...adopted].sort()).toEqual(guests.map((each) => each.definition.uuid).sort());
});

test("one event moves the state, and repeating it tells nothing", async () => {
  const id = await addServer(records, here);
  const stopped = { state: "shutoff", reason: "other" } as const;
  expect(await records.store.servers.applyGuestState(here, id, stopped)).toBe("update");
  await records.store.servers.applyGuestState(here, id, stopped);
  expect(await row(id)).toMatchObject({ vm_state: "stopped", power_state: 4 });
  expect(await kinds(id)).toEqual(["server.adopted", "server.changed"]);
});

test("an event of an unknown guest asks for a full look and writes nothing", async () => {
  const id = randomUUID();
  expect(await records.store.servers.applyGuestState(here, id, { state: "running", reason: "other" })).toBe("adopt");
  expect(await row(id)).toBeUndefined();
});

test("a host whose guests are moving cannot be removed; afterwards it goes with its servers", async () => {
  const id = await addServer(records, here);
  const { id: migration } = await records.store.acceptMigration(request(records, id));
  expect(await codeOf(records.store.hosts.remove(here))).toBe("HOST_IN_USE");
  expect(await codeOf(records.store.hosts.remove(records.destination.id))).toBe("HOST_IN_USE");
  const lease = await records.store.leases.take(migration, "w", 10_000);
  if (lease === null) throw new Error("no lease");
  await records.store.openMigration(lease).record.setStatus("cancelled");
  await records.store.hosts.remove(here);
  expect(await row(id)).toBeUndefined();
  expect(await codeOf(records.store.hosts.address(here))).toBe("HOST_NOT_FOUND");
});

test("a host with many guests is taken in whole", async () => {
  const guests = Array.from({ length: 1500 }, () => guest(randomUUID()));
  expect((await sync(guests)).adopted).toHaveLength(1500);
  expect(await sync(guests)).toEqual({ adopted: [], updated: [], moved: [], gone: [] });
  expect((await sync([])).gone).toHaveLength(1500);
});

test("a sync that waited for a request to move the server sees the migration", async () => {
  const id = serverId(randomUUID());
  await sync([guest(id)]);
  const client = new Client({ connectionString: records.connectionString });
  await client.connect();
  await client.query("BEGIN");
  await client.query("UPDATE servers SET task_state = 'migrating' WHERE id = $1", [id]);
  const synced = sync([guest(id, "shutoff")]);
  await untilSomebodyWaits();
  await client.query(
    `WITH m AS (INSERT INTO migrations (id, server_id, server_name, source_host, block_migration, request_id, project_id, user_id)
       VALUES (gen_random_uuid(), $1, 'n', 'h', 'auto', 'req-1', 'p', 'u') RETURNING id)
     INSERT INTO migration_slots (server_id, migration_id) SELECT $1, m.id FROM m`,
    [id],
  );
  await client.query("COMMIT");
  await client.end();
  expect((await synced).updated).toEqual([]);
  expect(await row(id)).toMatchObject({ vm_state: "active", task_state: "migrating" });
});

async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await records.sql.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    if (rows.length > 0) return;
  }
}
