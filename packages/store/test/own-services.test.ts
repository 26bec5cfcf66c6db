import { afterAll, beforeAll, expect, test } from "vitest";
import { openRecords, type Records } from "./records.ts";

let records: Records;
beforeAll(async () => {
  records = await openRecords();
});
afterAll(() => records.close());

test("a process that beats twice is one service, with the later time", async () => {
  const { ownServices } = records.store;
  await ownServices.beat("nova-conductor", "here");
  const [first] = await ownServices.list();
  await ownServices.beat("nova-conductor", "here");
  const [second, ...others] = await ownServices.list();
  expect(others).toEqual([]);
  expect(second).toMatchObject({ id: first?.id, binary: "nova-conductor", host: "here" });
  expect(second?.lastSeenAt.getTime()).toBeGreaterThan(first?.lastSeenAt.getTime() ?? Number.POSITIVE_INFINITY);
  expect(await ownServices.remove({ id: second?.id ?? "" })).toBe(true);
  expect(await ownServices.list()).toEqual([]);
});
