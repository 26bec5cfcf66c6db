import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeApi } from "./support/fake-api.ts";
import { completed, migration, migrationUuid, server, serverId } from "./support/samples.ts";
import { makeWorld } from "./support/world.ts";

const action = `POST /v2.1/servers/${serverId}/action`;
const record = `GET /ferry/v1/migrations/${migrationUuid}`;
const accepted = {
  status: 200,
  headers: { location: `http://h/ferry/v1/migrations/${migrationUuid}`, "x-openstack-request-id": "req-1" },
};
const evacuated = { mode: "evacuate", migration_type: "evacuation", summary: null } as const;

let api: FakeApi;
beforeEach(async () => {
  api = new FakeApi();
  await api.listen();
  api.on("GET /v2.1/servers/detail", { body: { servers: [server()] } });
  api.on(action, accepted);
  api.on(record, { body: { migration: completed({ ...evacuated, status: "done" }) } });
  api.allowUnused(record);
});
afterEach(() => api.close());

test("evacuate asks at a microversion at which the server is started, watches, and takes done for a good end", async () => {
  api.on("GET /ferry/v1/events", (_exchange, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(": hello\n\n");
    return undefined;
  });
  api.allowUnused("GET /ferry/v1/events");
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("evacuate", "lm001", "compute2")).toBe(0);
  const [asked] = api.asked(action);
  expect(asked?.body).toEqual({ evacuate: { host: "compute2" } });
  expect(asked?.headers["openstack-api-version"]).toBe("compute 2.94");
  expect(world.out.lines.at(-1)).toContain("evacuated lm001");
});

test("evacuate without a host leaves the choice to ferry", async () => {
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("evacuate", "--no-wait", "lm001")).toBe(0);
  expect(api.asked(action)[0]?.body).toEqual({ evacuate: {} });
});

test("evacuate says why a host that is not fenced keeps its servers, and exits with 1", async () => {
  const sentence = "Cannot evacuate from host compute1: nothing proves that it is dead.";
  api.on(action, {
    status: 409,
    headers: { "x-ferry-error-code": "HOST_NOT_FENCED" },
    body: { conflictingRequest: { code: 409, message: sentence } },
  });
  api.on(record, { body: { migration: migration() } });
  api.allowUnused(record);
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("evacuate", "lm001")).toBe(1);
  expect(world.err.text).toContain(sentence);
});

test("host-evacuate asks for each server of the host, and waits when told to", async () => {
  api.on(`GET /v2.1/servers/${serverId}`, { body: { server: server() } });
  const events = [{ event: "compute_rebuild_instance", start_time: "t", finish_time: "t", result: "Success" }];
  api.on(`GET /v2.1/servers/${serverId}/os-instance-actions/req-1`, { body: { instanceAction: { action: "evacuate", events } } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host-evacuate", "--wait", "--target-host", "compute2", "compute1")).toBe(0);
  expect(api.asked("GET /v2.1/servers/detail")[0]?.path).toContain("host=compute1");
  expect(api.asked(action)[0]?.body).toEqual({ evacuate: { host: "compute2" } });
  expect(world.out.text).toContain("lm001: evacuate done");
});
