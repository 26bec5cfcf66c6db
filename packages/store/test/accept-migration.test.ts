import { randomUUID } from "node:crypto";
import { hostId, type MigrationId, serverId } from "@ferry/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addHost, addServer, codeOf, openRecords, type Records, request, startMigration, takeLease } from "./records.ts";

let records: Records;
beforeAll(async () => {
  records = await openRecords();
});
afterAll(() => records.close());

const rows = async (text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> => (await records.sql.query(text, values)).rows;

test("an accepted request is the server's state, slot, migration, action, job and event", async () => {
  const server = await addServer(records);
  const asked = request(records, server, { blockMigration: "auto", bandwidthMiBps: 50 });
  const { id, number } = await records.store.acceptMigration(asked);
  expect(await rows("SELECT task_state FROM servers WHERE id = $1", server)).toEqual([{ task_state: "migrating" }]);
  expect(await rows("SELECT server_id FROM migration_slots WHERE migration_id = $1", id)).toEqual([{ server_id: server }]);
  expect(
    await rows("SELECT number, status, source_host, requested_host, block_migration, bandwidth_mibps FROM migrations WHERE id = $1", id),
  ).toEqual([
    { number, status: "accepted", source_host: "compute1", requested_host: "compute2", block_migration: "auto", bandwidth_mibps: 50 },
  ]);
  expect(await rows("SELECT action, request_id FROM instance_actions WHERE server_id = $1", server)).toEqual([
    { action: "live-migration", request_id: asked.requestId },
  ]);
  expect(await rows("SELECT topic FROM outbox WHERE key = $1", id)).toEqual([{ topic: "run-migration" }]);
  const events = await records.store.events.since(0, { migrationId: id });
  expect(events).toMatchObject([{ kind: "migration.accepted", serverId: server, projectId: records.owner.projectId, data: { number } }]);
});

test("of twenty requests at once exactly one is accepted and nothing of the others is left", async () => {
  const server = await addServer(records);
  const asked = Array.from({ length: 20 }, () => request(records, server));
  const codes = await Promise.all(asked.map((each) => codeOf(records.store.acceptMigration(each))));
  expect(codes.filter((code) => code === null)).toHaveLength(1);
  expect(new Set(codes)).toEqual(new Set([null, "SERVER_MIGRATION_PENDING"]));
  expect(await rows("SELECT id FROM migrations WHERE server_id = $1", server)).toHaveLength(1);
  expect(await rows("SELECT 1 FROM instance_actions WHERE server_id = $1", server)).toHaveLength(1);
  expect(await records.store.events.since(0, { serverId: server })).toHaveLength(2);
});

test("an unknown server, an unknown host and a stopped server are refused, each by its name", async () => {
  const { store, source } = records;
  expect(await codeOf(store.acceptMigration(request(records, serverId(randomUUID()))))).toBe("SERVER_NOT_FOUND");
  const server = await addServer(records);
  expect(await codeOf(store.acceptMigration(request(records, server, { requestedHostId: hostId(randomUUID()) })))).toBe(
    "COMPUTE_HOST_NOT_FOUND",
  );
  await store.servers.applyGuestState(source.id, server, { state: "shutoff", reason: "other" });
  await expect(store.acceptMigration(request(records, server))).rejects.toThrow(
    `Cannot 'os-migrateLive' instance ${server} while it is in vm_state stopped`,
  );
  expect(await rows("SELECT task_state FROM servers WHERE id = $1", server)).toEqual([{ task_state: null }]);
});

test("while an earlier move is being cleaned up a new one is refused with its number", async () => {
  const { server, id, number, lease } = await startMigration(records);
  const { record } = records.store.openMigration(lease);
  await record.setChoice({ hostId: records.destination.id, transport: "p2p", checks: [], virsh: null });
  for (const status of ["queued", "preparing", "running", "post-migrating"] as const) await record.setStatus(status);
  await record.recordHandover({ paused: false });
  await expect(records.store.acceptMigration(request(records, server))).rejects.toThrow(`while migration ${number} of it is not finished`);
  expect(await rows("SELECT task_state FROM servers WHERE id = $1", server)).toEqual([{ task_state: null }]);
  await record.setStatus("completed");
  expect(await codeOf(records.store.acceptMigration(request(records, server, { requestedHostId: records.source.id })))).toBeNull();
  expect(await rows("SELECT status FROM migrations WHERE id = $1", id)).toEqual([{ status: "completed" }]);
});

test("a host that is being removed and a request for a server on it do not both win", async () => {
  for (let round = 0; round < 5; round++) {
    const host = await addHost(records.store, `gone-${randomUUID()}`);
    const server = await addServer(records, host.id);
    const [removed, accepted] = await Promise.all([
      codeOf(records.store.hosts.remove(host.id)),
      codeOf(records.store.acceptMigration(request(records, server))),
    ]);
    expect([removed, accepted]).toSatisfy(([r, a]: (string | null)[]) =>
      r === null ? a === "SERVER_NOT_FOUND" || a === "SERVER_WRONG_STATE" : r === "HOST_IN_USE" && a === null,
    );
  }
});

const abort = (server: string, number: number) => ({
  serverId: serverId(server),
  number,
  requestId: `req-${randomUUID()}`,
  projectId: records.owner.projectId,
  userId: records.owner.userId,
});
const abortRequested = async (id: MigrationId): Promise<boolean> =>
  (await records.store.openMigration(await takeLease(records.store, id)).record.order()).abortRequested;

test("an abort is recorded once, with Nova's action", async () => {
  const { server, id, number } = await startMigration(records);
  expect(await abortRequested(id)).toBe(false);
  await records.store.requestAbort(abort(server, number));
  await records.store.requestAbort(abort(server, number));
  expect(await abortRequested(id)).toBe(true);
  expect(await rows("SELECT action FROM instance_actions WHERE server_id = $1 ORDER BY start_time", server)).toEqual([
    { action: "live-migration" },
    { action: "live_migration_cancel" },
  ]);
});

test("an abort of a transfer that its hypervisor cannot break off is refused once that has begun, and taken before", async () => {
  const { server, number, id, lease } = await startMigration(records);
  const set = "UPDATE hosts SET facts = jsonb_set(facts, '{moves,aborts}', $2::jsonb) WHERE id = $1";
  await records.sql.query(set, [records.source.id, "false"]);
  const { record } = records.store.openMigration(lease);
  for (const status of ["queued", "preparing", "running"] as const) await record.setStatus(status);
  expect(await codeOf(records.store.requestAbort(abort(server, number)))).toBe("MIGRATION_UNSTOPPABLE");
  expect(await abortRequested(id)).toBe(false);
  const early = await startMigration(records);
  await records.store.requestAbort(abort(early.server, early.number));
  expect(await abortRequested(early.id)).toBe(true);
  await records.sql.query(set, [records.source.id, "true"]);
  await records.store.requestAbort(abort(server, number));
  expect(await abortRequested(id)).toBe(true);
});

test("an abort of nothing, of another server's migration, after the handover and after the end is refused", async () => {
  const { server, number, lease } = await startMigration(records);
  const other = await addServer(records);
  expect(await codeOf(records.store.requestAbort(abort(server, 999_999)))).toBe("MIGRATION_NOT_FOUND");
  expect(await codeOf(records.store.requestAbort(abort(other, number)))).toBe("MIGRATION_NOT_FOUND");
  const { record } = records.store.openMigration(lease);
  for (const status of ["queued", "preparing", "running", "post-migrating"] as const) await record.setStatus(status);
  expect(await codeOf(records.store.requestAbort(abort(server, number)))).toBe("MIGRATION_NOT_ABORTABLE");
  await record.setStatus("completed");
  expect(await codeOf(records.store.requestAbort(abort(server, number)))).toBe("MIGRATION_NOT_IN_PROGRESS");
});
