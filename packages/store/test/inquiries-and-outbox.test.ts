import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { answerInquiryTopic } from "../src/index.ts";
import { openRecords, type Records } from "./records.ts";

let records: Records;
beforeAll(async () => {
  records = await openRecords();
});
afterAll(() => records.close());
beforeEach(async () => {
  await records.sql.query("DELETE FROM outbox");
});

describe("inquiries", () => {
  test("a question comes with the job that answers it", async () => {
    const { inquiries, outbox } = records.store;
    const id = await inquiries.ask("probe-host", { address: "h1" });
    expect(await inquiries.take(id)).toEqual({ kind: "probe-host", input: { address: "h1" } });
    const jobs: unknown[] = [];
    await outbox.relay(10, async (entry) => void jobs.push(entry));
    expect(jobs).toEqual([{ topic: answerInquiryTopic, key: id }]);
  });

  test("the first end stays, and an ended question is not taken again", async () => {
    const { inquiries } = records.store;
    const id = await inquiries.ask("ssh-key", null);
    expect(await inquiries.answer(id, { line: "ssh-ed25519 AAAA" })).toBe(true);
    expect(await inquiries.fail(id, "INTERNAL", "late")).toBe(false);
    expect(await inquiries.take(id)).toBeNull();
    expect(await inquiries.find(id)).toMatchObject({ state: "answered", answer: { line: "ssh-ed25519 AAAA" }, problem: null });
  });

  test("a failure keeps its code and sentence", async () => {
    const { inquiries } = records.store;
    const id = await inquiries.ask("check-host", {});
    expect(await inquiries.fail(id, "HOST_UNREACHABLE", "Cannot reach host h1")).toBe(true);
    expect(await inquiries.find(id)).toMatchObject({ state: "failed", problemCode: "HOST_UNREACHABLE", problem: "Cannot reach host h1" });
  });
});

describe("the outbox", () => {
  const relayAll = async (): Promise<string[]> => {
    const keys: string[] = [];
    await records.store.outbox.relay(100, async ({ key }) => void keys.push(key));
    return keys;
  };

  test("entries leave in the order they came", async () => {
    for (const key of ["a", "b", "c"]) await records.store.outbox.add("run-migration", key);
    expect(await relayAll()).toEqual(["a", "b", "c"]);
    expect(await relayAll()).toEqual([]);
  });

  test("when the queue refuses, all entries stay", async () => {
    for (const key of ["a", "b"]) await records.store.outbox.add("run-migration", key);
    const refusing = records.store.outbox.relay(100, async ({ key }) => {
      if (key === "b") throw new Error("queue is away");
    });
    await expect(refusing).rejects.toThrow("queue is away");
    expect(await relayAll()).toEqual(["a", "b"]);
  });

  test("two relays at once hand each entry on once and do not wait for each other", async () => {
    for (let i = 0; i < 20; i++) await records.store.outbox.add("run-migration", `k${i}`);
    const keys: string[] = [];
    const firstHasOne = Promise.withResolvers<void>();
    const secondIsDone = Promise.withResolvers<void>();
    const first = records.store.outbox.relay(10, async ({ key }) => {
      keys.push(key);
      firstHasOne.resolve();
      await secondIsDone.promise;
    });
    await firstHasOne.promise;
    await records.store.outbox.relay(100, async ({ key }) => void keys.push(key));
    secondIsDone.resolve();
    await first;
    expect(keys.sort()).toEqual(Array.from({ length: 20 }, (_, i) => `k${i}`).sort());
  });
});
