import { randomUUID } from "node:crypto";
import { type GuestDisk, type ServerId, serverId } from "@ferry/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guest, openRecords, type Records } from "./records.ts";

let records: Records;
beforeAll(async () => {
  records = await openRecords();
});
afterAll(() => records.close());

const disk = (target: string, device: GuestDisk["device"] = "disk"): GuestDisk => ({
  target,
  device,
  source: { type: "file", path: `/images/${target}` },
  format: "raw",
  readOnly: false,
  shareable: false,
  cache: null,
  backing: [],
});

async function adopt(...disks: GuestDisk[]): Promise<ServerId> {
  const id = randomUUID();
  const summary = guest(id);
  const guests = [{ ...summary, definition: { ...summary.definition, disks } }];
  const { store, source, owner } = records;
  await records.sql.query("DELETE FROM servers");
  await store.servers.syncGuests(source.id, guests, new Date(0), owner);
  return serverId(id);
}
const sizeOf = async (id: ServerId): Promise<unknown> =>
  (await records.sql.query("SELECT root_gib FROM servers WHERE id = $1", [id])).rows[0]?.root_gib;
const unknown = () => records.store.rootSizes.unknown(records.source.id);

test("the first disk of an adopted server is its root disk; a drive is none", async () => {
  const id = await adopt(disk("sda", "cdrom"), disk("vdb"), disk("vda"));
  expect(await unknown()).toEqual([{ id, target: "vdb" }]);
  expect(await records.store.rootSizes.unknown(records.destination.id)).toEqual([]);
});

test("a size that was learnt is shown and not asked for again", async () => {
  const id = await adopt(disk("vda"));
  await records.store.rootSizes.learn([{ id, gib: 20 }]);
  await records.store.rootSizes.learn([{ id, gib: 30 }]);
  expect(await sizeOf(id)).toBe(20);
  expect(await unknown()).toEqual([]);
});

test("a server without a disk, one that is deleted, and one with a flavor are left alone", async () => {
  await adopt();
  expect(await unknown()).toEqual([]);
  const deleted = await adopt(disk("vda"));
  await records.store.servers.applyGuestState(records.source.id, deleted, null);
  expect(await unknown()).toEqual([]);
  const made = await adopt(disk("vda"));
  await records.sql.query("UPDATE servers SET flavor = '{}' WHERE id = $1", [made]);
  await records.store.rootSizes.learn([{ id: made, gib: 20 }]);
  expect([await unknown(), await sizeOf(made)]).toEqual([[], 0]);
});
