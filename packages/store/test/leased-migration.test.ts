import { randomUUID } from "node:crypto";
import type { Lease, MigrationId, MigrationProgress, MigrationStatus, MigrationStore } from "@ferry/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeOf, openRecords, type Records, startMigration, takeLease } from "./records.ts";

let records: Records;
beforeAll(async () => {
  records = await openRecords();
});
afterAll(() => records.close());

const rows = async (text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> => (await records.sql.query(text, values)).rows;
const walk = async (record: MigrationStore, ...statuses: MigrationStatus[]): Promise<void> => {
  for (const status of statuses) await record.setStatus(status);
};
const actionEvents = async (server: string): Promise<unknown[]> =>
  await rows("SELECT event, host, result FROM instance_action_events WHERE server_id = $1 ORDER BY id", server);
const claim = (memoryMiB: number, force = false) => ({
  hostId: records.destination.id,
  memoryMiB,
  vcpus: 1,
  diskBytes: 1_073_741_824,
  availableMiB: 1000,
  force,
});
const progress: MigrationProgress = {
  phase: "migrate",
  step: "watch-transfer",
  memoryTotalBytes: 100,
  memoryProcessedBytes: 50,
  memoryRemainingBytes: 50,
  diskTotalBytes: 300,
  diskProcessedBytes: 250,
  diskRemainingBytes: 50,
  bytesPerSecond: null,
  remainingMs: null,
  iteration: 1,
  disks: [],
};

describe("leases", () => {
  test("of many workers one gets the lease; the others get nothing until it is released", async () => {
    const { id, lease } = await startMigration(records);
    await records.store.leases.release(lease);
    const got = await Promise.all(Array.from({ length: 20 }, (_, i) => records.store.leases.take(id, `w${i}`, 30_000)));
    const winners = got.filter((each) => each !== null);
    expect(winners).toHaveLength(1);
    expect(winners[0]?.token).toBe(lease.token + 1);
    expect(await records.store.leases.take(id, "late", 30_000)).toBeNull();
  });

  test("a lease that ran out goes to the next worker; renewing and releasing the old one does nothing", async () => {
    const { id, lease } = await startMigration(records);
    expect(await records.store.leases.renew(lease, 0)).toBe(true);
    const next = await takeLease(records.store, id, "worker-2");
    expect(await records.store.leases.renew(lease, 30_000)).toBe(false);
    await records.store.leases.release(lease);
    expect(await records.store.leases.take(id, "worker-3", 30_000)).toBeNull();
    expect(await records.store.leases.renew(next, 30_000)).toBe(true);
  });

  test("the reconciler sees what nobody works on, and not what has ended without work left", async () => {
    const { id, lease } = await startMigration(records);
    const isOrphan = async (): Promise<boolean> => (await records.store.leases.unfinished()).some((each) => each.id === id);
    expect(await isOrphan()).toBe(false);
    await records.store.leases.renew(lease, 0);
    expect(await isOrphan()).toBe(true);
    const { record } = records.store.openMigration(lease);
    await record.setPendingWork(true);
    await record.setStatus("failed", { code: "TRANSFER_FAILED", problem: "cut" });
    expect(await records.store.leases.unfinished()).toContainEqual(expect.objectContaining({ id, status: "failed", pendingWork: true }));
    await record.setPendingWork(false);
    expect(await isOrphan()).toBe(false);
    expect(await records.store.leases.take(id, "worker-1", 30_000)).toBeNull();
  });
});

test("every write of a worker whose lease has gone is refused, and leaves nothing", async () => {
  const { server, id, lease } = await startMigration(records);
  const { record, steps } = records.store.openMigration(lease);
  await steps.started({ name: "known", phase: "check" });
  await takeLease(records.store, id);
  const snapshot = async (): Promise<unknown> => [
    await rows("SELECT * FROM migrations WHERE id = $1", id),
    await rows("SELECT * FROM servers WHERE id = $1", server),
    await rows("SELECT * FROM migration_steps WHERE migration_id = $1", id),
    await rows("SELECT * FROM claims WHERE migration_id = $1", id),
    await rows("SELECT * FROM instance_action_events WHERE server_id = $1", server),
    await records.store.events.lastId(),
  ];
  const before = await snapshot();
  const writes: Record<string, () => Promise<void>> = {
    setStatus: () => record.setStatus("queued"),
    setChoice: () => record.setChoice({ hostId: records.destination.id, transport: "p2p", checks: [], virsh: null }),
    setChecks: () => record.setChecks([]),
    saveProgress: () => record.saveProgress(progress),
    saveSummary: () => record.saveSummary({ transport: "p2p", totalMs: 1, downtimeMs: 1, memoryBytes: 1, diskBytes: 1 }),
    recordHandover: () => record.recordHandover({ paused: false }),
    recordStay: () => record.recordStay(),
    confirmLease: () => record.confirmLease(),
    setPendingWork: () => record.setPendingWork(true),
    claim: () => record.claim(claim(1)),
    releaseClaim: () => record.releaseClaim(records.destination.id),
    started: () => steps.started({ name: "new", phase: "setup" }),
    done: () => steps.done({ name: "known", output: 1 }),
    failed: () => steps.failed({ name: "known", problem: "p", code: "ABORTED" }),
    undone: () => steps.undone({ name: "known" }),
    undoFailed: () => steps.undoFailed({ name: "known", problem: "p" }),
  };
  for (const [name, write] of Object.entries(writes)) expect([name, await codeOf(write())]).toEqual([name, "STEP_FENCED"]);
  expect(await snapshot()).toEqual(before);
});

describe("status", () => {
  test("a move that succeeds ends with the server at its destination and nothing held", async () => {
    const { server, id, lease } = await startMigration(records);
    const { record } = records.store.openMigration(lease);
    await walk(record, "queued");
    await record.setChoice({ hostId: records.destination.id, transport: "p2p", checks: [], virsh: null });
    await walk(record, "preparing");
    await record.claim(claim(256));
    await walk(record, "running");
    await record.recordHandover({ paused: false });
    await record.recordHandover({ paused: false });
    expect(await rows("SELECT host_id, vm_state, power_state, task_state FROM servers WHERE id = $1", server)).toEqual([
      { host_id: records.destination.id, vm_state: "active", power_state: 1, task_state: null },
    ]);
    await walk(record, "post-migrating", "completed", "completed");
    expect(await rows("SELECT 1 FROM migration_slots WHERE migration_id = $1", id)).toEqual([]);
    expect(await rows("SELECT 1 FROM claims WHERE migration_id = $1", id)).toEqual([]);
    expect(
      await rows("SELECT ended_at IS NOT NULL AS ended, handed_over_at IS NOT NULL AS handed FROM migrations WHERE id = $1", id),
    ).toEqual([{ ended: true, handed: true }]);
    expect(await actionEvents(server)).toEqual([
      { event: "conductor_live_migrate_instance", host: null, result: "Success" },
      { event: "compute_check_can_live_migrate_destination", host: "compute2", result: "Success" },
      { event: "compute_live_migration", host: "compute1", result: "Success" },
      { event: "compute_pre_live_migration", host: "compute2", result: "Success" },
      { event: "compute_post_live_migration_at_destination", host: "compute2", result: "Success" },
    ]);
  });

  test("a paused guest arrives paused", async () => {
    const { server, lease } = await startMigration(records);
    const { record } = records.store.openMigration(lease);
    await record.setChoice({ hostId: records.destination.id, transport: "p2p", checks: [], virsh: null });
    await record.recordHandover({ paused: true });
    expect(await rows("SELECT vm_state, power_state FROM servers WHERE id = $1", server)).toEqual([{ vm_state: "paused", power_state: 3 }]);
  });

  test("a move refused by its checks leaves the server free and the reason on record", async () => {
    const { server, id, lease } = await startMigration(records);
    const { record } = records.store.openMigration(lease);
    await walk(record, "queued");
    await record.setStatus("error", { code: "CHECKS_REFUSED", problem: "Migration pre-check error: no room" });
    expect(await rows("SELECT host_id, task_state FROM servers WHERE id = $1", server)).toEqual([
      { host_id: records.source.id, task_state: null },
    ]);
    expect(await rows("SELECT problem_code, problem FROM migrations WHERE id = $1", id)).toEqual([
      { problem_code: "CHECKS_REFUSED", problem: "Migration pre-check error: no room" },
    ]);
    expect(await rows("SELECT message FROM instance_actions WHERE server_id = $1", server)).toEqual([{ message: "Error" }]);
    expect(await rows("SELECT result, details FROM instance_action_events WHERE server_id = $1", server)).toEqual([
      { result: "Error", details: "Migration pre-check error: no room" },
      { result: "Error", details: "Migration pre-check error: no room" },
    ]);
  });

  test("a move that is undone tells of the rollback at the destination", async () => {
    const { server, lease } = await startMigration(records);
    const { record } = records.store.openMigration(lease);
    await walk(record, "queued", "preparing", "running");
    await record.setStatus("failed", { code: "TRANSFER_FAILED", problem: "cut" });
    const events = (await actionEvents(server)) as { event: string }[];
    expect(events.at(-1)?.event).toBe("compute_rollback_live_migration_at_destination");
  });

  test("a status that is not reachable is refused, by the database too once the migration has ended", async () => {
    const { id, lease } = await startMigration(records);
    const { record } = records.store.openMigration(lease);
    await expect(record.setStatus("completed")).rejects.toThrow("its status is accepted");
    await record.setStatus("cancelled");
    await expect(record.setStatus("running")).rejects.toThrow("its status is cancelled");
    await expect(records.sql.query("UPDATE migrations SET status = 'running', ended_at = NULL WHERE id = $1", [id])).rejects.toThrow(
      "has ended as cancelled",
    );
  });

  test("an earlier migration's late words do not touch the state that a later one has set", async () => {
    const { server, lease } = await startMigration(records);
    const first = records.store.openMigration(lease).record;
    await first.setStatus("cancelled");
    const { id } = await records.store.acceptMigration({
      serverId: server,
      mode: "live",
      requestedHostId: null,
      blockMigration: true,
      diskOverCommit: null,
      force: false,
      transport: "auto",
      bandwidthMiBps: 0,
      requestId: `req-${randomUUID()}`,
      ...records.owner,
    });
    await first.recordStay();
    expect(await rows("SELECT task_state FROM servers WHERE id = $1", server)).toEqual([{ task_state: "migrating" }]);
    expect(await rows("SELECT migration_id FROM migration_slots WHERE server_id = $1", server)).toEqual([{ migration_id: id }]);
  });

  test("progress is shown on the server in percent of all known bytes", async () => {
    const { server, lease } = await startMigration(records);
    await records.store.openMigration(lease).record.saveProgress(progress);
    expect(await rows("SELECT progress FROM servers WHERE id = $1", server)).toEqual([{ progress: 75 }]);
  });

  test("the server's progress never goes back, whatever is counted anew", async () => {
    const { server, lease } = await startMigration(records);
    const { record } = records.store.openMigration(lease);
    await record.saveProgress(progress);
    await record.saveProgress({ ...progress, memoryRemainingBytes: 100, diskRemainingBytes: 300 });
    expect(await rows("SELECT progress FROM servers WHERE id = $1", server)).toEqual([{ progress: 75 }]);
    await record.saveProgress({ ...progress, memoryRemainingBytes: 0 });
    expect(await rows("SELECT progress FROM servers WHERE id = $1", server)).toEqual([{ progress: 88 }]);
  });
});

describe("claims", () => {
  const open = async (): Promise<{ id: MigrationId; lease: Lease; record: MigrationStore }> => {
    const { id, lease } = await startMigration(records);
    return { id, lease, record: records.store.openMigration(lease).record };
  };
  const empty = async (): Promise<void> => {
    await records.sql.query("DELETE FROM claims");
  };

  test("claiming twice holds once, releasing twice frees once", async () => {
    await empty();
    const { record } = await open();
    const { record: other } = await open();
    await record.claim(claim(300));
    await record.claim(claim(300));
    expect(await other.claimedMiB(records.destination.id)).toBe(300);
    expect(await record.claimedMiB(records.destination.id)).toBe(0);
    await other.claim(claim(100));
    await record.releaseClaim(records.destination.id);
    await record.releaseClaim(records.destination.id);
    expect(await record.claimedMiB(records.destination.id)).toBe(100);
  });

  test("a migration may hold a claim on both hosts, and frees each once", async () => {
    await empty();
    const { id, record } = await open();
    const { record: other } = await open();
    const [source, destination] = [records.source.id, records.destination.id];
    const held = () => Promise.all([source, destination].map((host) => other.claimedMiB(host)));
    await record.claim(claim(300));
    await record.claim({ ...claim(200), hostId: source });
    expect(await held()).toEqual([200, 300]);
    expect(await codeOf(other.claim({ ...claim(900), hostId: source }))).toBe("CAPACITY_SHORT");
    await record.releaseClaim(destination);
    expect(await held()).toEqual([200, 0]);
    await record.setStatus("cancelled");
    expect(await held()).toEqual([0, 0]);
    const told = (await records.store.events.since(0, { migrationId: id })).filter((event) => event.kind === "migration.claim");
    expect(told.map(({ hostId, data }) => [hostId, data["held"]])).toEqual([
      [destination, true],
      [source, true],
      [destination, false],
      [source, false],
    ]);
  });

  test("claims at once never hold more than there is", async () => {
    await empty();
    const opened = await Promise.all(Array.from({ length: 12 }, open));
    const codes = await Promise.all(opened.map(({ record }) => codeOf(record.claim(claim(150)))));
    expect(codes.filter((code) => code === null)).toHaveLength(6);
    expect(codes.filter((code) => code === "CAPACITY_SHORT")).toHaveLength(6);
  });

  test("force claims more than there is", async () => {
    await empty();
    const { record } = await open();
    expect(await codeOf(record.claim(claim(5000)))).toBe("CAPACITY_SHORT");
    expect(await codeOf(record.claim(claim(5000, true)))).toBeNull();
  });

  test("a migration that has ended holds no claim", async () => {
    await empty();
    const { record } = await open();
    await record.claim(claim(300));
    await record.setStatus("cancelled");
    expect(await rows("SELECT 1 FROM claims")).toEqual([]);
  });
});

describe("the step log", () => {
  const fine = { problem: null, problemCode: null, undoProblem: null };

  test("steps keep the order of their first start, count attempts and keep the output through an undo", async () => {
    const { lease } = await startMigration(records);
    const { steps } = records.store.openMigration(lease);
    await steps.started({ name: "claim", phase: "setup" });
    await steps.done({ name: "claim", output: { mib: 256 } });
    await steps.started({ name: "open", phase: "setup" });
    await steps.failed({ name: "open", problem: "refused", code: "TRANSFER_FAILED" });
    await steps.started({ name: "open", phase: "setup" });
    await steps.done({ name: "open", output: null });
    await steps.undoFailed({ name: "claim", problem: "host silent" });
    expect(await steps.records()).toEqual([
      { name: "claim", phase: "setup", state: "undo-failed", output: { mib: 256 }, ...fine, undoProblem: "host silent", attempts: 1 },
      { name: "open", phase: "setup", state: "done", output: null, ...fine, attempts: 2 },
    ]);
    await steps.undone({ name: "claim" });
    expect((await steps.records())[0]).toMatchObject({ state: "undone", ...fine, output: { mib: 256 } });
  });

  test("why a step failed is kept while it is undone, also when that fails, until it starts again", async () => {
    const { lease } = await startMigration(records);
    const { steps } = records.store.openMigration(lease);
    const only = async () => (await steps.records())[0];
    const failure = { problem: "refused", problemCode: "CAPACITY_SHORT" };
    await steps.started({ name: "a", phase: "setup" });
    await steps.failed({ name: "a", problem: "refused", code: "CAPACITY_SHORT" });
    expect(await only()).toMatchObject({ state: "failed", ...failure, undoProblem: null });
    await steps.undoFailed({ name: "a", problem: "host silent" });
    expect(await only()).toMatchObject({ state: "undo-failed", ...failure, undoProblem: "host silent" });
    await steps.undone({ name: "a" });
    expect(await only()).toMatchObject({ state: "undone", ...failure, undoProblem: null });
    await steps.started({ name: "a", phase: "setup" });
    expect(await only()).toMatchObject({ state: "started", ...fine });
  });

  test("each write tells one event", async () => {
    const { id, lease } = await startMigration(records);
    const { steps } = records.store.openMigration(lease);
    await steps.started({ name: "a", phase: "check" });
    await steps.failed({ name: "a", problem: "why", code: "ABORTED" });
    await steps.undoFailed({ name: "a", problem: "silent" });
    const events = (await records.store.events.since(0, { migrationId: id })).filter((event) => event.kind === "migration.step");
    expect(events.map((event) => event.data)).toEqual([
      { name: "a", phase: "check", state: "started", problem: null },
      { name: "a", phase: "check", state: "failed", problem: "why" },
      { name: "a", phase: "check", state: "undo-failed", problem: "silent" },
    ]);
  });

  test("a step ends and the next one starts in one write, which tells both", async () => {
    const { id, lease } = await startMigration(records);
    const { steps } = records.store.openMigration(lease);
    await steps.started({ name: "a", phase: "check" });
    await steps.done({ name: "a", output: { some: 1 } }, { name: "b", phase: "setup" });
    expect(await steps.records()).toMatchObject([
      { name: "a", state: "done", output: { some: 1 } },
      { name: "b", phase: "setup", state: "started", attempts: 1 },
    ]);
    const events = (await records.store.events.since(0, { migrationId: id })).filter((event) => event.kind === "migration.step");
    expect(events.map(({ data }) => [data["name"], data["state"]])).toEqual([
      ["a", "started"],
      ["a", "done"],
      ["b", "started"],
    ]);
  });

  test("a step that was never started cannot end", async () => {
    const { lease } = await startMigration(records);
    await expect(records.store.openMigration(lease).steps.done({ name: "nowhere", output: 1 })).rejects.toThrow("it was never started");
  });
});
