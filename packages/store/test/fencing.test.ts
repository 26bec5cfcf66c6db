import { afterAll, beforeAll, expect, test } from "vitest";
import { addHost, codeOf, facts, openRecords, type Records } from "./records.ts";

let records: Records;
beforeAll(async () => {
  records = await openRecords();
});
afterAll(() => records.close());

const boot = "0b0070de-0000-4000-8000-000000000001";
const laterBoot = "0b0070de-0000-4000-8000-000000000002";
const word = { method: "ipmi", note: "switched off", userId: "somebody" } as const;

test.each([
  ["in another boot", laterBoot, "restarted"],
  ["in the same boot", boot, "never-dead"],
  ["without a boot that it tells", null, "answers"],
])("a fence ends when the host is seen again %s", async (_how, seen, endReason) => {
  const { id } = await addHost(records.store, `fenced-${endReason}`);
  const { fencing } = records.store;
  await fencing.fence({ hostId: id, bootId: boot, ...word });
  expect(await fencing.find(id)).toMatchObject({ bootId: boot, method: "ipmi", endedAt: null, endReason: null });
  await fencing.seen(id, seen);
  expect(await fencing.find(id)).toMatchObject({ endedAt: expect.any(Date), endReason });
});

test("an end stays the first one's, and a new fence takes its place", async () => {
  const { id } = await addHost(records.store, "fenced-twice");
  const { fencing, hosts } = records.store;
  await fencing.fence({ hostId: id, bootId: boot, ...word });
  await fencing.seen(id, boot);
  await fencing.seen(id, laterBoot);
  expect((await fencing.find(id))?.endReason).toBe("never-dead");
  await hosts.saveFacts(id, { ...facts("fenced-twice"), bootId: laterBoot });
  await fencing.fence({ hostId: id, bootId: laterBoot, ...word });
  expect(await fencing.find(id)).toMatchObject({ bootId: laterBoot, endedAt: null });
});

test("a fence is for the last boot that was seen, and for none when no boot was", async () => {
  const { id } = await addHost(records.store, "fenced-late");
  const { fencing, hosts } = records.store;
  expect(await codeOf(fencing.fence({ hostId: id, bootId: laterBoot, ...word }))).toBe("FENCE_OTHER_BOOT");
  await hosts.saveFacts(id, { ...facts("fenced-late"), bootId: null });
  expect(await codeOf(fencing.fence({ hostId: id, bootId: boot, ...word }))).toBe("BOOT_UNKNOWN");
  expect(await fencing.find(id)).toBeNull();
});
