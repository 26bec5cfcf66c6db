import type { ArtifactKind, ArtifactLedger, Lease } from "@ferry/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeOf, openRecords, type Records, startMigration, takeLease } from "./records.ts";

let records: Records;
beforeAll(async () => {
  records = await openRecords();
});
afterAll(() => records.close());

const ledgerOf = (lease: Lease): ArtifactLedger => records.store.openMigration(lease).artifacts;
const thing = (key: string, kind: ArtifactKind = "volume") => ({ hostId: records.destination.id, kind, key });

test("an entry is there before the thing is, and of many that want to make it one may", async () => {
  const migrations = await Promise.all(Array.from({ length: 10 }, () => startMigration(records)));
  const answers = await Promise.all(migrations.map(({ id, lease }) => ledgerOf(lease).begin({ ...thing("/d/a.qcow2"), migrationId: id })));
  expect(answers.filter((answer) => answer === "mine")).toHaveLength(1);
  expect(answers.filter((answer) => answer === "foreign")).toHaveLength(9);
  const { lease } = await startMigration(records);
  expect(await ledgerOf(lease).find(records.destination.id, "volume", "/d/a.qcow2")).toMatchObject({ state: "making" });
});

test("beginning twice is one entry, and does not take back what was made", async () => {
  const { id, lease } = await startMigration(records);
  const artifacts = ledgerOf(lease);
  expect(await artifacts.begin({ ...thing("b"), migrationId: id })).toBe("mine");
  await artifacts.made(thing("b"));
  expect(await artifacts.begin({ ...thing("b"), migrationId: id })).toBe("mine");
  expect(await artifacts.ofMigration(id)).toEqual([{ ...thing("b"), migrationId: id, state: "made" }]);
});

test("what is kept belongs to no migration and is used by the next", async () => {
  const [{ id, lease }, { id: next, lease: nextLease }] = [await startMigration(records), await startMigration(records)];
  const artifacts = ledgerOf(lease);
  await artifacts.begin({ ...thing("base", "base-image"), migrationId: id });
  await artifacts.keep(thing("base", "base-image"));
  expect(await artifacts.ofMigration(id)).toEqual([]);
  expect(await ledgerOf(nextLease).begin({ ...thing("base", "base-image"), migrationId: next })).toBe("kept");
});

test("what a migration that is over has left is taken over, unless its work is still pending", async () => {
  const [{ id, lease }, { id: next, lease: nextLease }] = [await startMigration(records), await startMigration(records)];
  const [artifacts, nextArtifacts] = [ledgerOf(lease), ledgerOf(nextLease)];
  const { record } = records.store.openMigration(lease);
  await artifacts.begin({ ...thing("c"), migrationId: id });
  await artifacts.made(thing("c"));
  await record.setPendingWork(true);
  await record.setStatus("failed", { code: "TRANSFER_FAILED", problem: "cut" });
  expect(await nextArtifacts.begin({ ...thing("c"), migrationId: next })).toBe("foreign");
  await record.setPendingWork(false);
  expect(await nextArtifacts.begin({ ...thing("c"), migrationId: next })).toBe("mine");
  expect(await artifacts.find(records.destination.id, "volume", "c")).toMatchObject({ state: "making", migrationId: next });
});

test("forgetting twice is fine", async () => {
  const { id, lease } = await startMigration(records);
  const artifacts = ledgerOf(lease);
  await artifacts.begin({ ...thing("d"), migrationId: id });
  await artifacts.forget(thing("d"));
  await artifacts.forget(thing("d"));
  expect(await artifacts.ofMigration(id)).toEqual([]);
});

test("what was made is listed by kind", async () => {
  const { id, lease } = await startMigration(records);
  const artifacts = ledgerOf(lease);
  await artifacts.begin({ ...thing("e"), migrationId: id });
  await artifacts.begin({ ...thing("f", "nwfilter"), migrationId: id });
  expect((await artifacts.ofMigration(id, "nwfilter")).map(({ key }) => key)).toEqual(["f"]);
});

test("a worker whose lease has gone to another one begins nothing any more", async () => {
  const { id, lease } = await startMigration(records);
  await records.store.leases.release(lease);
  await takeLease(records.store, id, "worker-2");
  expect(await codeOf(ledgerOf(lease).begin({ ...thing("late"), migrationId: id }))).toBe("STEP_FENCED");
  expect(await ledgerOf(lease).find(records.destination.id, "volume", "late")).toBeNull();
});
