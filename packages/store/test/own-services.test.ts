import { afterAll, beforeAll, expect, test } from "vitest";
import { openRecords, type Records } from "./records.ts";

let records: Records;
beforeAll(async () => {
  records = await openRecords();
});
afterAll(() => records.close());

test("processes of a kind on one machine are one service, whose beats move its time on; one that is forgotten comes back with its next beat", async () => {
  const { ownServices } = records.store;
  await Promise.all(Array.from({ length: 5 }, () => ownServices.beat("nova-conductor", "here")));
  await ownServices.beat("nova-scheduler", "here");
  const [conductor, scheduler] = await ownServices.list();
  expect([conductor?.binary, scheduler?.binary]).toEqual(["nova-conductor", "nova-scheduler"]);
  expect(conductor?.number).toBeGreaterThan(1_000_000_000);
  await ownServices.beat("nova-conductor", "here");
  const [again] = await ownServices.list();
  expect(again?.id).toBe(conductor?.id);
  expect(again?.lastSeenAt.getTime()).toBeGreaterThanOrEqual(conductor?.lastSeenAt.getTime() ?? Number.POSITIVE_INFINITY);
  expect(await ownServices.remove({ id: again?.id ?? "" })).toBe(true);
  expect(await ownServices.remove({ id: again?.id ?? "" })).toBe(false);
  await ownServices.beat("nova-conductor", "here");
  expect(await ownServices.list()).toHaveLength(2);
});
