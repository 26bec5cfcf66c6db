import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeApi } from "./support/fake-api.ts";
import { completed, migration, migrationUuid, otherServerId, refused, server, serverId, step } from "./support/samples.ts";
import { makeWorld } from "./support/world.ts";

const detail = "GET /v2.1/servers/detail";
const running = {
  id: 12,
  uuid: migrationUuid,
  server_uuid: serverId,
  status: "running",
  source_compute: "compute1",
  dest_compute: "compute2",
  memory_total_bytes: 268_435_456,
  memory_processed_bytes: 134_217_728,
  disk_total_bytes: null,
  disk_processed_bytes: null,
  created_at: "2026-01-02T03:04:00.000000",
  updated_at: null,
};

let api: FakeApi;
beforeEach(async () => {
  api = new FakeApi();
  await api.listen();
});
afterEach(() => api.close());

test("list follows the pages to the end and shows where each server runs", async () => {
  const second = server({ id: otherServerId, name: "lm002", "OS-EXT-SRV-ATTR:host": "compute2" });
  api.on(detail, ({ path }) =>
    path.includes(`marker=${serverId}`)
      ? { body: { servers: [second] } }
      : { body: { servers: [server()], servers_links: [{ rel: "next", href: "http://h/next" }] } },
  );
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("list")).toBe(0);
  expect(world.out.lines).toEqual([
    "ID                                    NAME   STATUS  TASK  HOST      VCPUS  MEMORY",
    `${serverId}  lm001  ACTIVE  -     compute1  1      256 MiB`,
    `${otherServerId}  lm002  ACTIVE  -     compute2  1      256 MiB`,
  ]);
});

test("an administrator asks for the servers of all projects, others for their own", async () => {
  api.on(detail, { body: { servers: [] } });
  await makeWorld({ url: api.url }).ferry("list");
  api.on("POST /identity/v3/auth/tokens", {
    status: 201,
    headers: { "x-subject-token": "token-2" },
    body: { token: { expires_at: "2099-01-02T15:04:05.000000Z", roles: [{ name: "reader" }] } },
  });
  await makeWorld({ url: api.url }).ferry("list");
  expect(api.asked(detail).map(({ path }) => path)).toEqual(["/v2.1/servers/detail?all_tenants=1", "/v2.1/servers/detail"]);
});

test("an empty list says what to do next", async () => {
  api.on(detail, { body: { servers: [] } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("list")).toBe(0);
  expect(world.out.text).toContain("ferry host add ADDRESS");
});

test("list --json gives the API's servers", async () => {
  api.on(detail, { body: { servers: [server()] } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("list", "--json")).toBe(0);
  expect(JSON.parse(world.out.text)).toEqual({ servers: [server()] });
});

test("show finds a server by its id in any case", async () => {
  api.on(`GET /v2.1/servers/${serverId}`, { body: { server: server() } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("show", serverId.toUpperCase())).toBe(0);
  expect(world.out.text).toMatch(/^host\s+compute1$/m);
});

test("a text that looks like an id but is a name is found by its name", async () => {
  const odd = server({ id: otherServerId, name: serverId });
  api.on(`GET /v2.1/servers/${serverId}`, { status: 404, body: { itemNotFound: { code: 404, message: "Instance could not be found." } } });
  api.on(detail, { body: { servers: [odd] } });
  api.on(`GET /v2.1/servers/${otherServerId}`, { body: { server: odd } });
  expect(await makeWorld({ url: api.url }).ferry("show", serverId)).toBe(0);
});

test("names with terminal escapes, line breaks and bidirectional overrides are shown as harmless text", async () => {
  const name = "a\u001b[31m\nb\u202ec\u009b";
  api.on(detail, { body: { servers: [server({ name })] } });
  const world = makeWorld({ url: api.url });
  await world.ferry("list");
  expect(world.out.lines).toHaveLength(2);
  expect(world.out.text).toContain("a\\u001b[31m\\u000ab\\u202ec\\u009b");
  await world.ferry("list", "--json");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the test is about control characters
  expect(world.out.text).not.toMatch(/[\u001b\u009b\u202e]/);
  expect(JSON.parse(world.out.text.slice(world.out.text.indexOf("{")))).toEqual({ servers: [server({ name })] });
});

test("server-migration-list shows what is in progress; an unknown amount is never 0", async () => {
  api.on(detail, { body: { servers: [server()] } });
  api.on(`GET /v2.1/servers/${serverId}/migrations`, { body: { migrations: [running] } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("server-migration-list", "lm001")).toBe(0);
  expect(world.out.lines[1]).toBe("12  running  compute1  compute2     128 MiB of 256 MiB  not known yet  2026-01-02T03:04:00Z");
});

test("server-migration-show takes a uuid and looks up its number", async () => {
  api.on(detail, { body: { servers: [server()] } });
  api.on(`GET /v2.1/servers/${serverId}/migrations`, { body: { migrations: [running] } });
  api.on(`GET /v2.1/servers/${serverId}/migrations/12`, { body: { migration: running } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("server-migration-show", "lm001", migrationUuid)).toBe(0);
  expect(world.out.text).toMatch(/^status\s+running$/m);
});

test("live-migration-abort asks for the abort and says how to see its end", async () => {
  api.on(detail, { body: { servers: [server()] } });
  api.on(`DELETE /v2.1/servers/${serverId}/migrations/12`, { status: 202 });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("live-migration-abort", "lm001", "12")).toBe(0);
  expect(world.out.text).toContain("ferry migration watch 12");
});

test.each([["../12"], ["12/action"], ["-"], ["12a"]])("a migration named %j never becomes part of an address", async (id) => {
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("migration", "show", "--", id)).toBe(64);
  expect(api.requests).toEqual([]);
});

test("migration list passes its filters on", async () => {
  api.on(detail, { body: { servers: [server()] } });
  api.on("GET /v2.1/os-migrations", { body: { migrations: [] } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("migration", "list", "--status", "running", "--host", "compute1", "--server", "lm001", "--limit", "5")).toBe(0);
  const query = new URL(`http://h${api.asked("GET /v2.1/os-migrations")[0]?.path}`).searchParams;
  expect(Object.fromEntries(query)).toEqual({ limit: "5", status: "running", host: "compute1", instance_uuid: serverId });
});

test("migration list names the servers that are still there, and tells times to the second", async () => {
  const one = {
    id: 12,
    status: "completed",
    source_compute: "compute1",
    dest_compute: "compute2",
    created_at: "2026-01-02T03:04:00.123456",
  };
  api.on(detail, { body: { servers: [server()] } });
  api.on("GET /v2.1/os-migrations", {
    body: {
      migrations: [
        { ...one, instance_uuid: serverId },
        { ...one, id: 11, instance_uuid: migrationUuid },
      ],
    },
  });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("migration", "list")).toBe(0);
  expect(world.out.lines.slice(1).map((line) => line.split(/\s{2,}/))).toEqual([
    ["12", "lm001", "completed", "compute1", "compute2", "2026-01-02T03:04:00Z"],
    ["11", migrationUuid, "completed", "compute1", "compute2", "2026-01-02T03:04:00Z"],
  ]);
});

test("what QEMU says in several lines is shown in one, and an undone step with the time until then", async () => {
  const undone = { ...step("transfer-guest", "migrate", "undone", "error:\nCould not open\n  disk\n") };
  api.on("GET /ferry/v1/migrations/12", { body: { migration: migration({ status: "error", steps: [undone] }) } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("migration", "show", "12")).toBe(0);
  expect(world.out.text).toMatch(/^migrate\s+transfer-guest\s+undone\s+500 ms until undone\s+1\s+error: Could not open disk$/m);
});

test("a root disk whose size is not recorded is a dash", async () => {
  const known = server();
  api.on(detail, { body: { servers: [known] } });
  api.on(`GET /v2.1/servers/${serverId}`, { body: { server: { ...known, flavor: { ...known.flavor, disk: 0 } } } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("show", "lm001")).toBe(0);
  expect(world.out.text).toMatch(/^root disk\s+-$/m);
});

test("migration show prints fields, steps and checks", async () => {
  api.on("GET /ferry/v1/migrations/12", {
    body: { migration: { ...refused(), steps: [step("checks", "check", "failed", "too little memory")] } },
  });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("migration", "show", "12")).toBe(0);
  expect(world.out.text).toMatch(/^problem\s+CHECKS_REFUSED: Migration pre-check error: memory$/m);
  expect(world.out.text).toMatch(/^check\s+checks\s+failed\s+500 ms\s+1\s+too little memory$/m);
  expect(world.out.text).toContain("remedy: Free memory on compute2");
});

test.each([
  ["completed", completed(), 0],
  [
    "cancelled",
    migration({ status: "cancelled", problem: { code: "ABORTED", sentence: "aborted" }, ended_at: "2026-01-02T03:04:01.000Z" }),
    2,
  ],
  ["refused", refused(), 10],
  [
    "failed",
    migration({ status: "failed", problem: { code: "TRANSFER_FAILED", sentence: "link" }, ended_at: "2026-01-02T03:04:01.000Z" }),
    1,
  ],
  [
    "unknown",
    migration({ status: "error", problem: { code: "WHEREABOUTS_UNKNOWN", sentence: "silent" }, ended_at: "2026-01-02T03:04:01.000Z" }),
    12,
  ],
])("migration watch of a %s move exits with the code of the move", async (_name, record, exitCode) => {
  api.on("GET /ferry/v1/migrations/12", { body: { migration: record } });
  api.on(`GET /ferry/v1/migrations/${migrationUuid}`, { body: { migration: record } });
  api.on("GET /ferry/v1/events", { status: 503 });
  api.allowUnused("GET /ferry/v1/events");
  expect(await makeWorld({ url: api.url }).ferry("migration", "watch", "12")).toBe(exitCode);
});
