import { type JobQueue, openQueue, type QueueOptions } from "@ferry/bus";
import { createTestDatabase, type TestDatabase } from "@ferry/testkit";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startRedis, type TestRedis } from "./redis.ts";

/** What the queue promises, whatever keeps its jobs. */
describe.each(["PostgreSQL", "Redis"])("the queue on %s", (backend) => {
  let database: TestDatabase;
  let redis: TestRedis | null = null;
  let options: QueueOptions;
  const open: JobQueue[] = [];

  const queue = async (extra: Partial<QueueOptions> = {}): Promise<JobQueue> => {
    const opened = await openQueue({ ...options, ...extra });
    open.push(opened);
    return opened;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    redis = backend === "Redis" ? await startRedis() : null;
    options = { connectionString: database.connectionString, redisUrl: redis?.url ?? null };
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
  });

  afterAll(async () => {
    await redis?.stop();
    await database.drop();
  });

  test("a job added in one process runs in another", async () => {
    const [producer, consumer] = [await queue(), await queue()];
    const ran = Promise.withResolvers<string>();
    await consumer.work("across", async (key) => ran.resolve(key));
    await producer.add("across", "k1");
    expect(await ran.promise).toBe("k1");
  });

  test("a job that waits is not added twice", async () => {
    const jobs = await queue();
    for (let i = 0; i < 5; i++) await jobs.add("once", "same");
    await jobs.add("once", "last");
    const keys = await collect(jobs, "once", "last");
    expect(keys).toEqual(["same", "last"]);
  });

  test("a job that runs is not added twice, but another attempt of it is", async () => {
    const jobs = await queue();
    const [started, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const ended = Promise.withResolvers<void>();
    const ran: string[] = [];
    await jobs.work("running", async (key) => {
      ran.push(key);
      if (ran.length === 1) {
        started.resolve();
        await finish.promise;
      }
      if (key === "last") ended.resolve();
    });
    await jobs.add("running", "same");
    await started.promise;
    await jobs.add("running", "same");
    await jobs.add("running", "same", { attempt: 2 });
    await jobs.add("running", "last");
    finish.resolve();
    await ended.promise;
    expect(ran).toEqual(["same", "same", "last"]);
  });

  test("a job that has ended may be added again", async () => {
    const jobs = await queue();
    let runs = 0;
    let next = Promise.withResolvers<void>();
    await jobs.work("again", async () => {
      runs += 1;
      next.resolve();
    });
    for (let i = 0; i < 3; i++) {
      next = Promise.withResolvers();
      await addUntilAccepted(jobs, "again", "key", next.promise);
    }
    expect(runs).toBeGreaterThanOrEqual(3);
  });

  test("a job that throws is told, forgotten, and not repeated by itself", async () => {
    const errors: string[] = [];
    const jobs = await queue({ onError: (error) => errors.push(error.message) });
    const ended = Promise.withResolvers<void>();
    const ran: string[] = [];
    await jobs.work("throws", async (key) => {
      ran.push(key);
      if (key === "bad") throw new Error("the job's own reason");
      ended.resolve();
    });
    await jobs.add("throws", "bad");
    await jobs.add("throws", "good");
    await ended.promise;
    expect(ran).toEqual(["bad", "good"]);
    expect(errors).toContain("the job's own reason");
  });

  test("no more jobs run at a time than asked for", async () => {
    const jobs = await queue();
    let [now, most, left] = [0, 0, 12];
    const ended = Promise.withResolvers<void>();
    for (let i = 0; i < left; i++) await jobs.add("parallel", `k${i}`);
    const work = async (): Promise<void> => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      now -= 1;
      left -= 1;
      if (left === 0) ended.resolve();
    };
    await jobs.work("parallel", work, { concurrency: 4 });
    await ended.promise;
    expect(most).toBe(4);
  });

  test("closing waits for the job that runs", async () => {
    const jobs = await openQueue(options);
    const started = Promise.withResolvers<void>();
    let done = false;
    await jobs.work("closing", async () => {
      started.resolve();
      await new Promise((resolve) => setTimeout(resolve, 100));
      done = true;
    });
    await jobs.add("closing", "k");
    await started.promise;
    await jobs.close();
    expect(done).toBe(true);
  });

  test("jobs outlive the process that added them", async () => {
    const producer = await openQueue(options);
    await producer.add("later", "k1");
    await producer.add("later", "last");
    await producer.close();
    expect(await collect(await queue(), "later", "last")).toEqual(["k1", "last"]);
  });

  /** Runs the topic until the job of that key has run; the keys in order. */
  async function collect(jobs: JobQueue, topic: string, until: string): Promise<string[]> {
    const keys: string[] = [];
    const ended = Promise.withResolvers<void>();
    await jobs.work(topic, async (key) => {
      keys.push(key);
      if (key === until) ended.resolve();
    });
    await ended.promise;
    return keys;
  }

  /** A job is forgotten a moment after its handler has returned: an add in between is a repetition. */
  async function addUntilAccepted(jobs: JobQueue, topic: string, key: string, ran: Promise<void>): Promise<void> {
    let accepted = false;
    void ran.then(() => {
      accepted = true;
    });
    while (!accepted) {
      await jobs.add(topic, key);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});
