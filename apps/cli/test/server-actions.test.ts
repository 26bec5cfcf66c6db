import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeApi } from "./support/fake-api.ts";
import { otherServerId, server, serverId } from "./support/samples.ts";
import { makeWorld } from "./support/world.ts";

let api: FakeApi;
beforeEach(async () => {
  api = new FakeApi();
  await api.listen();
  for (const [id, name] of [
    [serverId, "lm001"],
    [otherServerId, "lm002"],
  ]) {
    api.on(`GET /v2.1/servers/${id}`, { body: { server: server({ id, name }) } });
    api.allowUnused(`GET /v2.1/servers/${id}`);
  }
});
afterEach(() => api.close());

const action = (id: string): string => `POST /v2.1/servers/${id}/action`;
const outcome = (id: string, request = "req-1"): string => `GET /v2.1/servers/${id}/os-instance-actions/${request}`;
const accepted = { status: 202 };

/** An instance action whose one event is so far. */
const shown = (event: { finish_time?: string | null; result?: string | null; details?: string | null }) => ({
  body: {
    instanceAction: {
      action: "stop",
      instance_uuid: serverId,
      request_id: "req-1",
      user_id: "u",
      project_id: "p",
      start_time: "2026-01-02T03:04:05.000000",
      updated_at: null,
      message: null,
      events: [
        { event: "compute_stop_instance", start_time: "2026-01-02T03:04:05.000000", finish_time: null, result: null, hostId: "", ...event },
      ],
    },
  },
});
const running = shown({});
const done = shown({ finish_time: "2026-01-02T03:04:09.000000", result: "Success" });
const failed = shown({ finish_time: "2026-01-02T03:04:09.000000", result: "Error", details: "Cannot 'stop' instance: it burns." });

describe("what is asked for", () => {
  test.each([
    [["start"], { "os-start": null }],
    [["stop"], { "os-stop": null }],
    [["pause"], { pause: null }],
    [["unpause"], { unpause: null }],
    [["suspend"], { suspend: null }],
    [["resume"], { resume: null }],
    [["reboot"], { reboot: { type: "SOFT" } }],
    [["reboot", "--hard"], { reboot: { type: "HARD" } }],
    [["lock"], { lock: null }],
    [["lock", "--reason", "audit"], { lock: { locked_reason: "audit" } }],
    [["unlock"], { unlock: null }],
    [["reset-state"], { "os-resetState": { state: "error" } }],
    [["reset-state", "--active"], { "os-resetState": { state: "active" } }],
  ])("by ferry %s", async (words, body) => {
    api.on(action(serverId), accepted);
    const world = makeWorld({ url: api.url });
    expect(await world.ferry(...words, serverId)).toBe(0);
    expect(api.asked(action(serverId)).map((one) => one.body)).toEqual([body]);
    const [verb] = words;
    const isImmediate = ["lock", "unlock", "reset-state"].includes(verb ?? "");
    expect(world.out.text).toBe(`lm001: ${verb} ${isImmediate ? "done" : "accepted"}\n`);
  });

  test("by ferry delete has a request of its own", async () => {
    api.on(`DELETE /v2.1/servers/${serverId}`, { status: 204 });
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("delete", serverId)).toBe(0);
    expect(world.out.text).toBe("lm001: delete accepted\n");
  });
});

describe("several servers", () => {
  test("are all asked; one that refuses does not stop the others, and its code is the command's", async () => {
    const refusal = {
      status: 409,
      headers: { "x-ferry-error-code": "SERVER_LOCKED" },
      body: { conflictingRequest: { code: 409, message: "Instance is locked" } },
    };
    api.on(action(serverId), refusal);
    api.on(action(otherServerId), accepted);
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("stop", serverId, otherServerId)).toBe(1);
    expect(world.out.lines).toEqual([`${serverId}: stop failed`, "lm002: stop accepted"]);
    expect(world.err.text).toContain("error: SERVER_LOCKED: Instance is locked");
    expect(world.err.text).toContain("ferry unlock");
  });

  test("--json tells each one's result on standard output and each error on its own line of standard error", async () => {
    api.on(action(serverId), accepted);
    api.on("GET /v2.1/servers/detail", { body: { servers: [] } });
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("stop", "--json", serverId, "nobody")).toBe(1);
    expect(JSON.parse(world.out.text)).toEqual({
      servers: [
        { id: serverId, name: "lm001", action: "stop", result: "accepted", request_id: "req-1" },
        { id: null, name: "nobody", action: "stop", result: "failed", request_id: null },
      ],
    });
    expect(JSON.parse(world.err.text)).toMatchObject({ error: { code: "SERVER_NOT_FOUND", exitCode: 1 } });
  });
});

describe("--wait", () => {
  test("looks until the action has ended", async () => {
    api.on(action(serverId), accepted);
    const answers = [running, running, done];
    api.on(outcome(serverId), () => answers.shift() ?? done);
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("stop", "--wait", serverId)).toBe(0);
    expect(world.out.text).toBe("lm001: stop done\n");
    expect(api.asked(outcome(serverId))).toHaveLength(3);
    expect(api.asked(outcome(serverId))[0]?.headers["openstack-api-version"]).toBe("compute 2.84");
  });

  test("tells why the action failed", async () => {
    api.on(action(serverId), accepted);
    api.on(outcome(serverId), failed);
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("stop", "--wait", serverId)).toBe(1);
    expect(world.out.text).toBe("lm001: stop failed\n");
    expect(world.err.text).toContain("error: ACTION_FAILED: Cannot 'stop' instance: it burns.");
    expect(world.err.text).toContain("request id: req-1");
  });

  test("sees the end of a server that is gone", async () => {
    api.on(`DELETE /v2.1/servers/${serverId}`, { status: 204 });
    api.on(outcome(serverId), done);
    expect(await makeWorld({ url: api.url }).ferry("delete", "--wait", serverId)).toBe(0);
  });

  test("stops waiting after --timeout, and says that the action goes on", async () => {
    api.on(action(serverId), accepted);
    api.on(outcome(serverId), running);
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("stop", "--wait", "--timeout", "1", serverId)).toBe(11);
    expect(world.out.text).toBe("lm001: stop accepted\n");
    expect(world.err.text).toContain("the stop of server lm001 goes on");
  });

  test("ends with Ctrl-C, and says that the action goes on", async () => {
    api.on(action(serverId), accepted);
    const world = makeWorld({ url: api.url });
    api.on(outcome(serverId), () => {
      world.interrupt();
      return running;
    });
    expect(await world.ferry("stop", "--wait", serverId)).toBe(2);
    expect(world.err.text).toContain("note: DETACHED");
  });
});

const listed = {
  action: "stop",
  instance_uuid: serverId,
  request_id: "req-146d791a-10dc-4423-a564-317b92f3f65f",
  user_id: "u",
  project_id: "p",
  start_time: "2026-01-02T03:04:05.000000",
  updated_at: null,
  message: "Error",
};

describe("what was asked of a server", () => {
  test("is listed, also of one that is gone and has only its id", async () => {
    api.on(`GET /v2.1/servers/${serverId}/os-instance-actions`, { body: { instanceActions: [listed] } });
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("instance-action-list", serverId)).toBe(0);
    expect(world.out.lines[1]).toBe(`stop    ${listed.request_id}  Error    2026-01-02T03:04:05.000000Z`);
    expect(api.asked(`GET /v2.1/servers/${serverId}`)).toEqual([]);
  });

  test("is nothing for a server that was left alone", async () => {
    api.on("GET /v2.1/servers/detail", { body: { servers: [server()] } });
    api.on(`GET /v2.1/servers/${serverId}/os-instance-actions`, { body: { instanceActions: [] } });
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("instance-action-list", "lm001")).toBe(0);
    expect(world.out.text).toBe("Nothing was asked of this server yet.\n");
  });

  test("is shown with its events and the reason of a failure", async () => {
    api.on(outcome(serverId, listed.request_id), failed);
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("instance-action", serverId, listed.request_id)).toBe(0);
    expect(world.out.text).toMatch(/^action\s+stop$/m);
    expect(world.out.text).toMatch(/^compute_stop_instance\s+Error.*Cannot 'stop' instance: it burns\.$/m);
    await world.ferry("instance-action", "--json", serverId, listed.request_id);
    expect(world.out.text).toContain('"result": "Error"');
  });

  test.each([["../x"], ["req-"], ["146d791a"]])("named %j never becomes part of an address", async (id) => {
    expect(await makeWorld({ url: api.url }).ferry("instance-action", serverId, id)).toBe(64);
    expect(api.requests).toEqual([]);
  });
});

test("show tells the fault of a server in error and why one is locked", async () => {
  const fault = { code: 500, created: "2026-01-02T03:04:05Z", message: "Cannot 'delete' instance: the disk is busy." };
  api.on(`GET /v2.1/servers/${serverId}`, { body: { server: server({ status: "ERROR", fault, locked: true, locked_reason: "audit" }) } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("show", serverId)).toBe(0);
  expect(world.out.text).toMatch(/^fault\s+Cannot 'delete' instance: the disk is busy\.$/m);
  expect(world.out.text).toMatch(/^locked because\s+audit$/m);
});

test.each([[["stop"]], [["stop", "--hard", "a"]], [["reboot", "--timeout", "0", "a"]], [["lock", "--reason"]]])(
  "%j is wrong usage",
  async (args) => {
    expect(await makeWorld({ url: api.url }).ferry(...args)).toBe(64);
    expect(api.requests).toEqual([]);
  },
);
