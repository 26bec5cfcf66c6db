import { randomUUID } from "node:crypto";
import { fail, type LifecycleAction, serverId, type TaskLease } from "@ferry/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addServer, codeOf, guest, openRecords, type Records, startMigration } from "./records.ts";

let records: Records;
beforeAll(async () => {
  records = await openRecords();
});
afterAll(() => records.close());

const rows = async (text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> => (await records.sql.query(text, values)).rows;
const accept = (server: string, action: LifecycleAction): Promise<void> =>
  records.store.acceptServerTask({ serverId: serverId(server), action, requestId: `req-${randomUUID()}`, ...records.owner });
const taskOf = async (server: string): Promise<string> =>
  String((await rows("SELECT id FROM server_tasks WHERE server_id = $1", server))[0]?.["id"]);
async function take(server: string, owner = "worker-1"): Promise<TaskLease> {
  const lease = await records.store.taskLeases.take(await taskOf(server), owner, 30_000);
  if (lease === null) throw new Error("the lease was not to be had");
  return lease;
}
const states = async (server: string) =>
  (await rows("SELECT vm_state, task_state, power_state, fault_message FROM servers WHERE id = $1", server))[0];

test("of twenty requests at once exactly one is accepted, and nothing of the others is left", async () => {
  const server = await addServer(records);
  const actions = ["stop", "pause", "suspend", "reboot-hard"] as const;
  const codes = await Promise.all(Array.from({ length: 20 }, (_, index) => codeOf(accept(server, actions[index % 4] ?? "stop"))));
  expect(codes.filter((code) => code === null)).toHaveLength(1);
  expect(new Set(codes)).toEqual(new Set([null, "SERVER_WRONG_STATE"]));
  expect(await rows("SELECT 1 FROM instance_actions WHERE server_id = $1", server)).toHaveLength(1);
  expect(await rows("SELECT 1 FROM outbox WHERE key = $1", await taskOf(server))).toHaveLength(1);
});

test("an action and a move asked for at once: one of them wins", async () => {
  for (let round = 0; round < 5; round++) {
    const server = await addServer(records);
    const move = { serverId: server, requestedHostId: null, blockMigration: true, diskOverCommit: null, force: false } as const;
    const order = {
      ...move,
      mode: "live",
      transport: "auto",
      bandwidthMiBps: 0,
      requestId: `req-${randomUUID()}`,
      ...records.owner,
    } as const;
    const codes = await Promise.all([codeOf(accept(server, "stop")), codeOf(records.store.acceptMigration(order))]);
    expect(codes.sort()).toEqual(["SERVER_WRONG_STATE", null]);
  }
});

test("an unknown server, a deleted one and a wrong state are refused, each by its name", async () => {
  expect(await codeOf(accept(randomUUID(), "stop"))).toBe("SERVER_NOT_FOUND");
  const server = await addServer(records);
  await expect(accept(server, "start")).rejects.toThrow(`Cannot 'start' instance ${server} while it is in vm_state active`);
  await records.store.servers.applyGuestState(records.source.id, server, null);
  expect(await codeOf(accept(server, "delete"))).toBe("SERVER_NOT_FOUND");
});

test("a task is one worker's until its lease runs out, and fenced from then on", async () => {
  const server = await addServer(records);
  await accept(server, "pause");
  const first = await take(server);
  expect(await records.store.taskLeases.take(first.taskId, "worker-1", 30_000)).toBeNull();
  expect(await records.store.taskLeases.take(first.taskId, "worker-2", 30_000)).toBeNull();
  expect(await records.store.taskLeases.unfinished()).not.toContain(first.taskId);
  await records.sql.query("UPDATE server_tasks SET lease_until = now() - interval '1 s' WHERE id = $1", [first.taskId]);
  expect(await records.store.taskLeases.unfinished()).toContain(first.taskId);
  const second = await take(server, "worker-2");
  const late = records.store.openServerTask(first);
  const paused = { state: "paused", reason: "user" } as const;
  const writes: (() => Promise<unknown>)[] = [
    () => late.confirm(),
    () => late.show(),
    () => late.noteOff(),
    () => late.saveDefinition(guest(server).definition),
    () => late.succeed(paused),
    () => late.deleted({ deleted: [], kept: [] }),
    () => late.failed(fail("INTERNAL"), null, true),
    () => late.order(),
  ];
  for (const write of writes) expect(await codeOf(write())).toBe("TASK_FENCED");
  expect(await records.store.taskLeases.renew(first, 30_000)).toBe(false);
  await records.store.taskLeases.release(first);
  expect(await states(server)).toMatchObject({ vm_state: "active", task_state: "pausing" });
  await records.store.openServerTask(second).succeed(paused);
  expect(await states(server)).toMatchObject({ vm_state: "paused", task_state: null, power_state: 3 });
  expect(await records.store.taskLeases.take(second.taskId, "worker-3", 30_000)).toBeNull();
});

test("while an action is under way the host's news change nothing, and afterwards they do", async () => {
  const server = await addServer(records);
  await accept(server, "stop");
  const off = { state: "shutoff", reason: "other" } as const;
  expect(await records.store.servers.applyGuestState(records.source.id, server, off)).toBe("leave");
  expect(await records.store.servers.applyGuestState(records.source.id, server, null)).toBe("leave");
  expect(await states(server)).toMatchObject({ vm_state: "active", task_state: "powering-off" });
  await records.store.openServerTask(await take(server)).succeed(off);
  expect(await records.store.servers.applyGuestState(records.source.id, server, { state: "running", reason: "other" })).toBe("update");
  expect(await states(server)).toMatchObject({ vm_state: "active" });
});

test("a delete waits for the migration that it asked to give up, and shows itself again when that has ended", async () => {
  const { server, id, lease } = await startMigration(records);
  await accept(server, "delete");
  const task = records.store.openServerTask(await take(server));
  expect((await task.order()).migration).not.toBeNull();
  const { record } = records.store.openMigration(lease);
  expect((await record.order()).abortRequested).toBe(true);
  await record.setStatus("cancelled");
  expect(await rows("SELECT 1 FROM migration_slots WHERE migration_id = $1", id)).toEqual([]);
  expect((await task.order()).migration).toBeNull();
  await records.sql.query("UPDATE servers SET task_state = NULL WHERE id = $1", [server]);
  await task.show();
  expect(await states(server)).toMatchObject({ task_state: "deleting" });
});

test("a delete confirms a cold migration that waits for a verdict, and nothing else does", async () => {
  const { server, id, lease } = await startMigration(records);
  await records.store.leases.release(lease);
  await records.sql.query("UPDATE migrations SET status = 'finished', mode = 'cold', migration_type = 'migration' WHERE id = $1", [id]);
  await records.sql.query("DELETE FROM outbox WHERE key = $1", [id]);
  await accept(server, "delete");
  const task = records.store.openServerTask(await take(server));
  expect(await task.order()).toMatchObject({ awaitsVerdict: true });
  for (let time = 0; time < 2; time++) await task.confirmMigration();
  expect(await rows("SELECT status FROM migrations WHERE id = $1", id)).toEqual([{ status: "confirming" }]);
  expect(await rows("SELECT topic FROM outbox WHERE key = $1", id)).toEqual([{ topic: "run-migration" }]);
  expect(await task.order()).toMatchObject({ awaitsVerdict: false });
});

test("a failed action leaves its sentence; a server that is not whole stays in error whatever its host says", async () => {
  const server = await addServer(records);
  await accept(server, "delete");
  await records.store.openServerTask(await take(server)).failed(fail("INTERNAL"), { state: "shutoff", reason: "other" }, true);
  expect(await states(server)).toMatchObject({
    vm_state: "error",
    task_state: null,
    power_state: 4,
    fault_message: fail("INTERNAL").message,
  });
  await records.store.servers.applyGuestState(records.source.id, server, { state: "running", reason: "other" });
  expect(await states(server)).toMatchObject({ vm_state: "error", power_state: 1 });
  const asOf = await records.store.servers.syncMark();
  await records.store.servers.syncGuests(records.source.id, [guest(server)], asOf, records.owner);
  expect(await states(server)).toMatchObject({ vm_state: "error", power_state: 1 });
  await accept(server, "reboot-hard");
  await records.store.openServerTask(await take(server)).succeed({ state: "running", reason: "other" });
  expect(await states(server)).toMatchObject({ vm_state: "active", fault_message: null });
});

test("a disk path is known as another server's, as its disk or as a layer below one", async () => {
  const server = await addServer(records);
  const others = [guest(randomUUID()), guest(randomUUID())];
  const [one, other] = others.map(({ definition }) => definition.uuid);
  await records.store.servers.syncGuests(records.destination.id, others, new Date(0), records.owner);
  const disk = (path: string, layers: string[]) => ({
    source: { type: "file", path },
    backing: layers.map((layer) => ({ path: layer, format: "qcow2" })),
  });
  const set = "UPDATE servers SET definition = jsonb_set(definition, '{disks}', $2::jsonb) WHERE id = $1";
  await records.sql.query(set, [one, JSON.stringify([disk("/pool/a.qcow2", ["/pool/base.qcow2"])])]);
  await records.sql.query(set, [other, JSON.stringify([disk("/pool/dead.qcow2", [])])]);
  await records.store.servers.applyGuestState(records.destination.id, String(other), null);
  await records.sql.query(set, [server, JSON.stringify([disk("/pool/mine.qcow2", [])])]);
  await accept(server, "delete");
  const asked = ["/pool/a.qcow2", "/pool/base.qcow2", "/pool/dead.qcow2", "/pool/mine.qcow2", "/pool/free.qcow2"];
  const used = await records.store.openServerTask(await take(server)).usedByOthers(asked);
  const hostId = records.destination.id;
  expect(used.sort((one, two) => one.path.localeCompare(two.path))).toEqual([
    { path: "/pool/a.qcow2", hostId },
    { path: "/pool/base.qcow2", hostId },
  ]);
});
