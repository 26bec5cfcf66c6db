import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeApi } from "./support/fake-api.ts";
import { completed, migration, migrationUuid, server, serverId } from "./support/samples.ts";
import { makeWorld } from "./support/world.ts";

const action = `POST /v2.1/servers/${serverId}/action`;
const accepted = { status: 202, headers: { location: `http://h/ferry/v1/migrations/${migrationUuid}` } };

const record = `GET /ferry/v1/migrations/${migrationUuid}`;

let api: FakeApi;
beforeEach(async () => {
  api = new FakeApi();
  await api.listen();
  api.on("GET /v2.1/servers/detail", { body: { servers: [server()] } });
  api.on(action, accepted);
  api.on(record, { body: { migration: migration() } });
  api.allowUnused(record);
});
afterEach(() => api.close());

test("migrates cold to the named host, and says at the end what is to be done next", async () => {
  api.on("GET /ferry/v1/events", (_exchange, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(": hello\n\n");
    return undefined;
  });
  api.allowUnused("GET /ferry/v1/events");
  api.on(record, { body: { migration: completed({ status: "finished", mode: "cold", migration_type: "migration", ended_at: null }) } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("migrate", "lm001", "compute2")).toBe(0);
  const [asked] = api.asked(action);
  expect(asked?.body).toEqual({ migrate: { host: "compute2" } });
  expect(asked?.headers["x-ferry-mode"]).toBeUndefined();
  expect(world.out.lines.at(-1)).toContain('then "ferry resize-confirm lm001"; or "ferry resize-revert lm001".');
});

test.each(["saved", "offline"])("names the mode %s in the header", async (mode) => {
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("migrate", "--no-wait", "--mode", mode, "lm001")).toBe(0);
  const [asked] = api.asked(action);
  expect(asked?.body).toEqual({ migrate: { host: null } });
  expect(asked?.headers["x-ferry-mode"]).toBe(mode);
});

test.each([
  ["ACTIVE", "os-migrateLive"],
  ["PAUSED", "os-migrateLive"],
  ["SHUTOFF", "migrate"],
])("chooses for a server that is %s the action %s", async (status, wanted) => {
  api.on(`GET /v2.1/servers/${serverId}`, { body: { server: server({ status }) } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("migrate", "--no-wait", "--mode", "auto", "lm001")).toBe(0);
  expect(Object.keys(api.asked(action)[0]?.body as object)).toEqual([wanted]);
});

test("resizes to a flavor that is named", async () => {
  api.on("GET /v2.1/flavors/detail", { body: { flavors: [{ id: "4", name: "m1.large" }] } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("resize", "--no-wait", "lm001", "m1.large")).toBe(0);
  expect(api.asked(action)[0]?.body).toEqual({ resize: { flavorRef: "4" } });
});

test("does not ask for the size of a flavor that is not there", async () => {
  api.on("GET /v2.1/flavors/detail", { body: { flavors: [] } });
  api.allowUnused(action);
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("resize", "lm001", "m1.none")).not.toBe(0);
  expect(api.asked(action)).toEqual([]);
});

test.each([
  ["resize-confirm", "confirmResize"],
  ["resize-revert", "revertResize"],
])("%s asks for %s", async (command, key) => {
  const world = makeWorld({ url: api.url });
  expect(await world.ferry(command, "lm001")).toBe(0);
  expect(api.asked(action)[0]?.body).toEqual({ [key]: null });
  expect(world.out.text).toContain(`lm001: ${command} accepted`);
});

test("checks a cold move without starting it", async () => {
  const preflight = `POST /ferry/v1/servers/${serverId}/preflight`;
  api.allowUnused(action);
  api.on(`GET /v2.1/servers/${serverId}`, { body: { server: server() } });
  api.on(preflight, { body: { server_id: serverId, candidates: [], chosen: null } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("migrate", "--dry-run", "lm001", "compute2")).toBe(10);
  expect(api.asked(preflight)[0]?.body).toMatchObject({ host: "compute2", mode: "cold" });
});
