import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeApi } from "./support/fake-api.ts";
import {
  checks,
  completed,
  migration,
  migrationUuid,
  otherServerId,
  progress,
  refused,
  server,
  serverId,
  step,
} from "./support/samples.ts";
import { makeWorld } from "./support/world.ts";

const action = `POST /v2.1/servers/${serverId}/action`;
const record = `GET /ferry/v1/migrations/${migrationUuid}`;
const accepted = { status: 202, headers: { location: `http://h/ferry/v1/migrations/${migrationUuid}` } };

let api: FakeApi;
/** Open event streams of the running test. */
let streams: ServerResponse[];

beforeEach(async () => {
  api = new FakeApi();
  streams = [];
  await api.listen();
});
afterEach(() => api.close());

const knowServer = (): void => api.on("GET /v2.1/servers/detail", { body: { servers: [server()] } });

function openEvents(): void {
  api.on("GET /ferry/v1/events", (_exchange, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(": hello\n\n");
    streams.push(response);
    return undefined;
  });
}

/** Answers the record with each of these in turn, the last one from then on. */
function records(...versions: ReturnType<typeof migration>[]): void {
  let next = 0;
  api.on(record, () => ({ body: { migration: versions[Math.min(next++, versions.length - 1)] } }));
}

const tell = (event: string, data: unknown): void => {
  for (const stream of streams) stream.write(`event: ${event}\nid: 7\ndata: ${JSON.stringify(data)}\n\n`);
};

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

test("asks for a block migration to the named host at microversion 2.80, and ends with the summary", async () => {
  knowServer();
  openEvents();
  api.on(action, accepted);
  records(
    migration({ status: "queued" }),
    migration({ steps: [step("claim-destination", "setup")] }),
    completed({ steps: [step("claim-destination", "setup")] }),
  );
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("live-migration", "--block-migrate", "lm001", "compute2")).toBe(0);
  const [asked] = api.asked(action);
  expect(asked?.body).toEqual({ "os-migrateLive": { host: "compute2", block_migration: true } });
  expect(asked?.headers["openstack-api-version"]).toBe("compute 2.80");
  expect(asked?.headers["x-auth-token"]).toBe("token-1");
  expect(world.out.lines.at(-1)).toBe("moved lm001: total 4.2 s, downtime 56 ms, memory 240 MiB, disks 1 GiB, compute1 → compute2.");
  expect(world.err.text).toBe("");
});

test("asks for an outcome in ferry's own headers, and says before the summary what virsh would have been told", async () => {
  knowServer();
  openEvents();
  api.on(action, accepted);
  records(completed({ virsh: "virsh migrate --live 'l\u001bm001'" }));
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("live-migration", "--leave", "paused", "--keep-source", "--unsafe-cache", "--tunnelled", "lm001")).toBe(0);
  const [asked] = api.asked(action);
  expect(asked?.headers).toMatchObject({
    "x-ferry-leave": "paused",
    "x-ferry-keep-source": "true",
    "x-ferry-unsafe-cache": "true",
    "x-ferry-tunnelled": "true",
  });
  expect(world.out.lines.at(-2)).toBe("by virsh: virsh migrate --live 'l\\u001bm001'");
});

test("says nothing of an outcome that is the usual one", async () => {
  knowServer();
  openEvents();
  api.on(action, accepted);
  records(completed());
  await makeWorld({ url: api.url }).ferry("live-migration", "lm001");
  expect(Object.keys(api.asked(action)[0]?.headers ?? {}).filter((name) => name.startsWith("x-ferry"))).toEqual([]);
});

test("live-migration on its own is the same command", async () => {
  knowServer();
  openEvents();
  api.on(action, accepted);
  records(completed());
  const world = makeWorld({ url: api.url });
  expect(await world.liveMigration("--block-migrate", "lm001", "compute2")).toBe(0);
  expect(world.out.text).toContain("moved lm001");
});

test("lets ferry choose the host and the kind of disk copy when neither is named", async () => {
  knowServer();
  api.on(action, accepted);
  const world = makeWorld({ url: api.url });
  records(migration());
  expect(await world.ferry("live-migration", "--no-wait", "lm001")).toBe(0);
  expect(api.asked(action)[0]?.body).toEqual({ "os-migrateLive": { host: null, block_migration: "auto" } });
  expect(world.out.text).toBe(`The move of lm001 is accepted. Watch it: ferry migration watch 12\n`);
});

test("forces at microversion 2.67, where the API takes it, and passes the transport on", async () => {
  knowServer();
  api.on(action, accepted);
  const world = makeWorld({ url: api.url });
  api.on(record, { status: 503 });
  expect(await world.ferry("live-migration", "--no-wait", "--force", "--transport", "direct", "lm001", "compute2")).toBe(0);
  const [asked] = api.asked(action);
  expect(asked?.body).toEqual({ "os-migrateLive": { host: "compute2", block_migration: "auto", force: true } });
  expect(asked?.headers["openstack-api-version"]).toBe("compute 2.67");
  expect(asked?.headers["x-ferry-transport"]).toBe("direct");
  expect(world.out.text).toBe(`The move of lm001 is accepted. Watch it: ferry migration watch ${migrationUuid}\n`);
});

test("a refused move prints every check with its remedy and exits with 10", async () => {
  knowServer();
  openEvents();
  api.on(action, accepted);
  records(refused());
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("live-migration", "lm001", "compute2")).toBe(10);
  expect(world.out.lines.slice(-4)).toEqual([
    "fail     destination-has-memory: The server needs 256 MiB, compute2 has 100 MiB free.",
    "         remedy: Free memory on compute2 or choose another host.",
    "pass     server-is-running: The server is active.",
    "migration 12 of lm001 (compute1 → compute2) was refused after 1.0 s. CHECKS_REFUSED: Migration pre-check error: memory",
  ]);
});

test("--dry-run shows the checks of every candidate, starts nothing and exits with 10 when none passes", async () => {
  knowServer();
  const candidates = [{ host: { id: otherServerId, name: "compute2" }, passes: false, checks, virsh: null }];
  api.on(`POST /ferry/v1/servers/${serverId}/preflight`, { body: { server_id: serverId, chosen: null, candidates } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("live-migration", "--dry-run", "--block-migrate", "lm001")).toBe(10);
  expect(world.out.text).toContain("compute2 does not pass");
  expect(world.out.text).toContain("Nothing was started.");
});

test("checks that could not be judged because another failed are one line, and each on its own with --all", async () => {
  knowServer();
  const unknown = (check: string) => ({ check, verdict: "unknown", sentence: "Not checked.", remedy: "Follow the other checks first." });
  const found = [unknown("cpu-fits"), unknown("has-network"), ...checks];
  const candidates = [{ host: { id: otherServerId, name: "compute2" }, passes: false, checks: found, virsh: null }];
  api.on(`POST /ferry/v1/servers/${serverId}/preflight`, { body: { server_id: serverId, chosen: null, candidates } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("preflight", "lm001", "compute2")).toBe(10);
  expect(world.out.lines.slice(1, 6)).toEqual([
    "  fail     destination-has-memory: The server needs 256 MiB, compute2 has 100 MiB free.",
    "           remedy: Free memory on compute2 or choose another host.",
    "  unknown  2 checks could not be judged yet: cpu-fits, has-network",
    "           remedy: Follow the checks above first.",
    "  pass     server-is-running: The server is active.",
  ]);
  expect(await world.ferry("preflight", "--all", "lm001", "compute2")).toBe(10);
  expect(world.out.text).toContain("  unknown  cpu-fits: Not checked.\n");
});

test("live progress from the event stream is printed as one JSON object a line, the last one the result", async () => {
  knowServer();
  openEvents();
  api.on(action, accepted);
  let done = false;
  api.on(record, () => ({ body: { migration: done ? completed() : migration() } }));
  const world = makeWorld({ url: api.url });
  const running = world.ferry("live-migration", "--json", "lm001", "compute2");
  await until(() => streams.length > 0 && world.out.text.includes('"status"'));
  tell("migration.progress", { kind: "migration.progress", data: progress() });
  await until(() => world.out.text.includes('"progress"'));
  done = true;
  tell("migration.status", { kind: "migration.status", data: {} });
  expect(await running).toBe(0);
  const lines = world.out.lines.map((line) => JSON.parse(line) as { type: string });
  expect(lines.map(({ type }) => type)).toEqual(["status", "progress", "status", "result"]);
  expect(lines.at(-1)).toMatchObject({ exit_code: 0, migration: { number: 12, status: "completed" } });
});

test("without an event stream the record is polled until the end", async () => {
  knowServer();
  api.on("GET /ferry/v1/events", { status: 503, body: { serviceUnavailable: { code: 503, message: "too many streams" } } });
  api.on(action, accepted);
  records(migration(), migration(), completed());
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("live-migration", "lm001", "compute2")).toBe(0);
});

test("a lost event stream is opened again with the id of the last event", async () => {
  knowServer();
  openEvents();
  api.on(action, accepted);
  let done = false;
  api.on(record, () => ({ body: { migration: done ? completed() : migration() } }));
  const running = makeWorld({ url: api.url }).ferry("live-migration", "lm001", "compute2");
  await until(() => streams.length === 1);
  tell("migration.step", {});
  streams[0]?.end();
  await until(() => streams.length === 2);
  expect(api.asked("GET /ferry/v1/events")[1]?.headers["last-event-id"]).toBe("7");
  done = true;
  tell("migration.status", {});
  expect(await running).toBe(0);
});

test("the first Ctrl-C detaches: it says that the move goes on and how to abort it, and exits with 2", async () => {
  knowServer();
  openEvents();
  api.on(action, accepted);
  records(migration());
  const world = makeWorld({ url: api.url });
  const running = world.ferry("live-migration", "lm001", "compute2");
  await until(() => streams.length > 0);
  world.interrupt();
  expect(await running).toBe(2);
  expect(world.err.text).toContain("migration 12 of server lm001 goes on");
  expect(world.err.text).toContain(`ferry live-migration-abort ${serverId} 12`);
  expect(world.exits).toEqual([]);
});

test("a second Ctrl-C ends the process at once; before the answer the fate is unknown: 12", async () => {
  knowServer();
  let held: ServerResponse | null = null;
  api.on(action, (_exchange, response) => {
    held = response;
    return undefined;
  });
  const world = makeWorld({ url: api.url });
  const running = world.ferry("live-migration", "lm001", "compute2");
  await until(() => held !== null);
  world.interrupt();
  expect(world.err.text).toContain("Waiting for ferry to answer");
  world.interrupt();
  expect(world.exits).toEqual([12]);
  (held as ServerResponse | null)?.destroy();
  expect(await running).toBe(12);
});

test("Ctrl-C before the answer waits for it, then says how to abort the move that it started", async () => {
  knowServer();
  let answer = (): void => undefined;
  api.on(action, (_exchange, response) => {
    answer = () => response.writeHead(202, accepted.headers).end();
    world.interrupt();
    return undefined;
  });
  const world = makeWorld({ url: api.url });
  const running = world.ferry("live-migration", "lm001", "compute2");
  await until(() => world.err.text !== "");
  answer();
  expect(await running).toBe(2);
  expect(world.err.text).toContain(`ferry live-migration-abort ${serverId} ${migrationUuid}`);
});

test("a server in trouble right after it accepted the move does not end the watching", async () => {
  knowServer();
  openEvents();
  api.on(action, accepted);
  let looks = 0;
  const trouble = { status: 503, body: { serviceUnavailable: { code: 503, message: "the database restarts" } } };
  api.on(record, () => (looks++ === 0 ? trouble : { body: { migration: completed() } }));
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("live-migration", "lm001", "compute2")).toBe(0);
  expect(world.err.lines).toEqual(["Ferry does not answer at the moment; the move goes on, asking again.", "Ferry answers again."]);
});

test("an answer that no ferry gave is told as such", async () => {
  knowServer();
  api.on(action, (_exchange, response) => {
    response.writeHead(502, { "content-type": "text/html" }).end("<html>Bad gateway</html>");
    return undefined;
  });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("live-migration", "lm001", "compute2")).toBe(1);
  expect(world.err.text).toContain("HTTP_502: Ferry answered 502 without a sentence");
});

test("--timeout ends the waiting with 11 and says that the move goes on", async () => {
  knowServer();
  openEvents();
  api.on(action, accepted);
  records(migration());
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("live-migration", "--timeout", "1", "lm001", "compute2")).toBe(11);
  expect(world.err.text).toContain("Not finished after 1 s: migration 12 of server lm001 goes on.");
});

test("a name that two servers have is refused, naming both ids", async () => {
  api.on("GET /v2.1/servers/detail", { body: { servers: [server(), server({ id: otherServerId })] } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("live-migration", "lm001", "compute2")).toBe(1);
  expect(world.err.text).toContain("SERVER_AMBIGUOUS");
  expect(world.err.text).toContain(serverId);
  expect(world.err.text).toContain(otherServerId);
});

test("a name is looked up literally: characters of regular expressions match only themselves", async () => {
  api.on("GET /v2.1/servers/detail", { body: { servers: [server({ name: "lmX001" })] } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("live-migration", "lm.001", "compute2")).toBe(1);
  expect(new URL(`http://h${api.asked("GET /v2.1/servers/detail")[0]?.path}`).searchParams.get("name")).toBe("^lm\\.001$");
  expect(world.err.text).toContain("no server has that name or id");
});

test("a second move of the same server is refused with the server's own sentence", async () => {
  knowServer();
  api.on(action, {
    status: 409,
    headers: { "x-ferry-error-code": "SERVER_MIGRATION_PENDING" },
    body: { conflictingRequest: { code: 409, message: "Cannot 'os-migrateLive' instance x while migration 12 of it is not finished." } },
  });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("live-migration", "lm001", "compute2")).toBe(1);
  expect(world.err.lines).toEqual([
    "error: SERVER_MIGRATION_PENDING: Cannot 'os-migrateLive' instance x while migration 12 of it is not finished.",
    'remedy: Watch it with "ferry migration watch MIGRATION".',
    "request id: req-1",
  ]);
});

test("an answer that is lost leaves the outcome unknown: 12", async () => {
  knowServer();
  api.on(action, (_exchange, response) => {
    response.destroy();
    return undefined;
  });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("live-migration", "lm001", "compute2")).toBe(12);
  expect(world.err.text).toContain("OUTCOME_UNKNOWN");
});

test("on a terminal the phases are drawn and the summary stays below them", async () => {
  knowServer();
  openEvents();
  api.on(action, accepted);
  records(
    completed({ steps: [step("server-is-running", "check"), step("claim-destination", "setup"), step("start-transfer", "migrate")] }),
  );
  const world = makeWorld({ url: api.url, terminal: true, env: { NO_COLOR: "1" } });
  expect(await world.ferry("live-migration", "lm001", "compute2")).toBe(0);
  expect(world.out.text).toContain("✔ setup    claim-destination");
  expect(world.out.lines.at(-1)).toMatch(/moved lm001: .*compute1 → compute2\.$/);
});

test("a terminal that says it has 0 columns and 0 rows is drawn on as one of 80", async () => {
  knowServer();
  openEvents();
  api.on(action, accepted);
  records(completed({ steps: [step("server-is-running", "check"), step("claim-destination", "setup")] }));
  const world = makeWorld({ url: api.url, terminal: true, size: [0, 0], env: { NO_COLOR: "1" } });
  expect(await world.ferry("live-migration", "lm001", "compute2")).toBe(0);
  expect(world.out.text).toContain("✔ setup    claim-destination");
});
