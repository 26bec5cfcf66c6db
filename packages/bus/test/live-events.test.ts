import { type MigrationProgress, migrationId } from "@ferry/core";
import { createTestDatabase, type TestDatabase } from "@ferry/testkit";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type LiveEvents, type LiveMessages, openLiveEvents } from "../src/index.ts";

const id = migrationId("0b8b1f9e-3c44-4b3a-9a51-1f6f1c9b7a10");
const progress: MigrationProgress = {
  phase: "migrate",
  step: "watch-transfer",
  memoryTotalBytes: 100,
  memoryProcessedBytes: 40,
  memoryRemainingBytes: 60,
  diskTotalBytes: null,
  diskProcessedBytes: null,
  diskRemainingBytes: null,
  bytesPerSecond: 10,
  remainingMs: 6000,
  iteration: 1,
  disks: [],
};

let database: TestDatabase;
let sql: Client;
const open: LiveEvents[] = [];

const listen = async (onError: (error: Error) => void = () => undefined): Promise<LiveEvents> => {
  const events = await openLiveEvents({ connectionString: database.connectionString, onError });
  open.push(events);
  return events;
};

const next = <Kind extends keyof LiveMessages>(events: LiveEvents, kind: Kind): Promise<LiveMessages[Kind]> =>
  new Promise((resolve) => {
    const off = events.on(kind, (message) => {
      off();
      resolve(message);
    });
  });

beforeAll(async () => {
  database = await createTestDatabase();
  sql = new Client({ connectionString: database.connectionString });
  await sql.connect();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((events) => events.close()));
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

test("progress told by one process reaches another whole", async () => {
  const [worker, api] = [await listen(), await listen()];
  const received = next(api, "progress");
  worker.progress(id, progress);
  expect(await received).toEqual({ migrationId: id, progress });
});

test("progress with more disks than a message holds arrives without the single disks", async () => {
  const [worker, api] = [await listen(), await listen()];
  const disks = Array.from({ length: 200 }, (_, i) => ({ target: `vd${i}`, totalBytes: 1e12, doneBytes: 5e11, ready: false }));
  const received = next(api, "progress");
  worker.progress(id, { ...progress, disks });
  expect((await received).progress).toEqual(progress);
});

test("an outbox row wakes the relay, and not before its transaction commits", async () => {
  const events = await listen();
  let woken = 0;
  events.on("outbox", () => woken++);
  const woke = next(events, "outbox");
  await sql.query("BEGIN");
  await sql.query("INSERT INTO outbox (topic, key) VALUES ('run-migration', 'k')");
  await sql.query("SELECT pg_sleep(0.05)");
  expect(woken).toBe(0);
  await sql.query("COMMIT");
  await woke;
});

test("event ids arrive in the order of commit", async () => {
  const events = await listen();
  const ids: number[] = [];
  const third = new Promise<void>((resolve) => {
    events.on("event", ({ id }) => {
      if (ids.push(id) === 3) resolve();
    });
  });
  for (const number of [1, 2, 3]) await sql.query("INSERT INTO events (id, kind, data) VALUES ($1, 'host.added', '{}')", [number]);
  await third;
  expect(ids).toEqual([1, 2, 3]);
});

test("the end of an inquiry is told, its question is not", async () => {
  const events = await listen();
  const ended = next(events, "inquiry");
  await sql.query("INSERT INTO inquiries (id, kind, input) VALUES ($1, 'probe-host', '{}')", [id]);
  await sql.query("UPDATE inquiries SET state = 'answered', ended_at = now() WHERE id = $1", [id]);
  expect(await ended).toEqual({ id });
});

test("after a lost connection it listens again and says that something may have been missed", async () => {
  const errors: Error[] = [];
  const events = await listen((error) => errors.push(error));
  const resync = next(events, "resync");
  await sql.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ferry-events' AND datname = current_database()",
  );
  await resync;
  expect(errors.length).toBeGreaterThan(0);
  const woke = next(events, "outbox");
  await sql.query("INSERT INTO outbox (topic, key) VALUES ('run-migration', 'k')");
  await woke;
});

test("a listener that was taken off hears nothing more", async () => {
  const events = await listen();
  let heard = 0;
  const off = events.on("outbox", () => heard++);
  off();
  const woke = next(events, "outbox");
  await sql.query("INSERT INTO outbox (topic, key) VALUES ('run-migration', 'k')");
  await woke;
  expect(heard).toBe(0);
});

test("a database that cannot be reached is said at once", async () => {
  await expect(openLiveEvents({ connectionString: "postgresql://nobody@127.0.0.1:1/none" })).rejects.toThrow("ECONNREFUSED");
});

test("a change of what may come in to a server reaches workers with the server's id", async () => {
  const worker = await listen();
  const received = next(worker, "firewall");
  await sql.query("SELECT pg_notify('ferry_firewalls', $1)", [id]);
  expect(await received).toEqual({ serverId: id });
});
