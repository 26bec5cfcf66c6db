import type { LightMyRequestResponse } from "fastify";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ids, now, type UserName } from "./support/ids.ts";
import { authority, openWorld, type World } from "./support/world.ts";

/** What an accepted action leaves in the record and shows at once; no worker carries it out. */
let world: World;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now });
  world = await openWorld({ worker: false });
});
afterEach(async () => {
  await world.close();
  vi.useRealTimers();
});

async function ask(
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: object,
  as: UserName = "admin",
): Promise<LightMyRequestResponse> {
  const headers = { host: authority, "x-auth-token": world.tokens[as], "openstack-api-version": "compute 2.96" };
  return await world.app.inject({ method, url: `/v2.1/servers/${path}`, headers, ...(body === undefined ? {} : { payload: body }) });
}
const act = (server: string, body: object, as?: UserName) => ask("POST", `${server}/action`, body, as);
const show = async (server: string): Promise<Record<string, unknown>> => (await ask("GET", server)).json().server;
const rows = async (text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> => (await world.sql.query(text, values)).rows;
const requestOf = (answer: LightMyRequestResponse): string => String(answer.headers["x-openstack-request-id"]);

const accepted = [
  ["stop", ids.db1, { "os-stop": null }, "powering-off", "ACTIVE", "compute_stop_instance"],
  ["start", ids.old1, { "os-start": null }, "powering-on", "SHUTOFF", "compute_start_instance"],
  ["reboot", ids.db1, { reboot: { type: "soft" } }, "rebooting", "REBOOT", "compute_reboot_instance"],
  ["reboot", ids.db1, { reboot: { type: "HARD" } }, "rebooting_hard", "HARD_REBOOT", "compute_reboot_instance"],
  ["pause", ids.db1, { pause: null }, "pausing", "ACTIVE", "compute_pause_instance"],
  ["unpause", ids.held1, { unpause: null }, "unpausing", "PAUSED", "compute_unpause_instance"],
  ["suspend", ids.db1, { suspend: null }, "suspending", "ACTIVE", "compute_suspend_instance"],
  ["delete", ids.db1, { forceDelete: null }, "deleting", "ACTIVE", "compute_terminate_instance"],
] as const;

describe.each(accepted)("an accepted %s", (action, server, body, taskState, status, event) => {
  it(`shows ${taskState} and ${status} in the next look, is Nova's instance action, and is a job for a worker`, async () => {
    const answer = await act(server, body);
    expect(answer.statusCode).toBe(202);
    expect(await show(server)).toMatchObject({ "OS-EXT-STS:task_state": taskState, status });
    const shown = (await ask("GET", `${server}/os-instance-actions/${requestOf(answer)}`)).json().instanceAction;
    expect(shown).toMatchObject({ action, message: null, events: [{ event, finish_time: null, result: null }] });
    const [task] = await rows("SELECT id FROM server_tasks WHERE server_id = $1", server);
    expect(await rows("SELECT topic, key FROM outbox")).toEqual([{ topic: "run-server-task", key: task?.id }]);
  });

  it("refuses what else is asked of the server while it is under way, except to delete it", async () => {
    await act(server, body);
    for (const other of [{ "os-stop": null }, { "os-migrateLive": { host: null, block_migration: true } }]) {
      expect((await act(server, other)).statusCode).toBe(409);
    }
    expect((await ask("DELETE", server)).statusCode).toBe(204);
    expect(await rows("SELECT action FROM server_tasks WHERE server_id = $1", server)).toEqual([{ action: "delete" }]);
  });
});

describe("delete", () => {
  it("takes the place of the action that is under way, whose record says so", async () => {
    const stop = await act(ids.db1, { "os-stop": null });
    await ask("DELETE", ids.db1);
    const shown = (await ask("GET", `${ids.db1}/os-instance-actions/${requestOf(stop)}`)).json().instanceAction;
    expect(shown).toMatchObject({
      message: "Error",
      events: [{ result: "Error", details: "The action was withdrawn: 'delete' took its place." }],
    });
    expect(await show(ids.db1)).toMatchObject({ "OS-EXT-STS:task_state": "deleting" });
  });

  it("asked twice is one", async () => {
    for (let time = 0; time < 2; time++) expect((await ask("DELETE", ids.db1)).statusCode).toBe(204);
    expect(await rows("SELECT 1 FROM instance_actions WHERE server_id = $1 AND action = 'delete'", ids.db1)).toHaveLength(1);
  });

  it("asks a migration of the server to give up", async () => {
    expect((await ask("DELETE", ids.web1)).statusCode).toBe(204);
    const asked = await rows("SELECT abort_requested_at IS NOT NULL AS asked FROM migrations WHERE id = $1", ids.runningMigration);
    expect(asked).toEqual([{ asked: true }]);
  });
});

describe("a transient guest", () => {
  it.each([
    ["stop", { "os-stop": null }],
    ["reboot", { reboot: { type: "HARD" } }],
    ["suspend", { suspend: null }],
  ])("is not asked to %s: it could not be started again", async (action, body) => {
    await rows("UPDATE servers SET persistent = false WHERE id = $1", ids.db1);
    const answer = await act(ids.db1, body);
    expect(answer.statusCode).toBe(409);
    expect(answer.headers["x-ferry-error-code"]).toBe("SERVER_TRANSIENT");
    expect(answer.body).toContain(`Cannot '${action}'`);
  });

  it("may be paused", async () => {
    await rows("UPDATE servers SET persistent = false WHERE id = $1", ids.db1);
    expect((await act(ids.db1, { pause: null })).statusCode).toBe(202);
  });
});

describe("lock", () => {
  it("keeps its reason, and members out until it is taken off", async () => {
    const answer = await act(ids.db1, { lock: { locked_reason: "audit" } }, "member");
    expect(await show(ids.db1)).toMatchObject({ locked: true, locked_reason: "audit" });
    expect((await act(ids.db1, { "os-stop": null }, "member")).statusCode).toBe(409);
    expect((await act(ids.db1, { unlock: null }, "member")).statusCode).toBe(202);
    expect(await show(ids.db1)).toMatchObject({ locked: false, locked_reason: null });
    expect((await act(ids.db1, { "os-stop": null }, "member")).statusCode).toBe(202);
    const shown = (await ask("GET", `${ids.db1}/os-instance-actions/${requestOf(answer)}`)).json().instanceAction;
    expect(shown).toMatchObject({ action: "lock", events: [{ event: "api_lock", result: "Success" }] });
  });

  it("that an administrator of another project has put on is taken off by an administrator only", async () => {
    expect((await act(ids.lab1, { lock: null }, "admin")).statusCode).toBe(202);
    const refused = await act(ids.lab1, { unlock: null }, "foreignManager");
    expect(refused.statusCode).toBe(403);
    expect(refused.body).toContain("unlock_override");
    expect((await act(ids.lab1, { unlock: null }, "admin")).statusCode).toBe(202);
  });

  it("that is there already stays as it is when the owner locks again", async () => {
    expect((await act(ids.held1, { lock: { locked_reason: "another" } }, "member")).statusCode).toBe(202);
    expect(await show(ids.held1)).toMatchObject({ locked: true, locked_reason: "audit" });
  });
});

describe("os-resetState", () => {
  it("sets the state, shows the fault with error, and ends an action that is stuck", async () => {
    await rows("UPDATE servers SET fault_message = 'It broke.', fault_at = $2 WHERE id = $1", ids.db1, now);
    expect(await show(ids.db1)).not.toHaveProperty("fault");
    const stop = await act(ids.db1, { "os-stop": null });
    expect((await act(ids.db1, { "os-resetState": { state: "error" } })).statusCode).toBe(202);
    const fault = { code: 500, created: "2026-01-02T03:04:10Z", message: "It broke." };
    expect(await show(ids.db1)).toMatchObject({ status: "ERROR", "OS-EXT-STS:task_state": null, fault });
    expect(await rows("SELECT 1 FROM server_tasks")).toEqual([]);
    const shown = (await ask("GET", `${ids.db1}/os-instance-actions/${requestOf(stop)}`)).json().instanceAction;
    expect(shown).toMatchObject({ message: "Error" });
    await act(ids.db1, { "os-resetState": { state: "active" } });
    const after = await show(ids.db1);
    expect(after).toMatchObject({ status: "ACTIVE" });
    expect(after).not.toHaveProperty("fault");
  });
});

/** The weakest role that may, written down a second time. */
const weakest = [
  ["os-start", null, "member"],
  ["os-stop", null, "member"],
  ["reboot", { type: "SOFT" }, "member"],
  ["pause", null, "member"],
  ["unpause", null, "member"],
  ["suspend", null, "member"],
  ["resume", null, "member"],
  ["lock", null, "member"],
  ["unlock", null, "member"],
  ["forceDelete", null, "member"],
  ["os-resetState", { state: "error" }, "admin"],
  ["os-migrateLive", { host: null, block_migration: "auto" }, "manager"],
] as const;

it("each action is open to its role and the stronger ones only, and to nobody of another project", async () => {
  const ladder = ["reader", "member", "manager", "admin"] as const;
  for (const [action, value, role] of weakest) {
    for (const asking of ladder) {
      const { statusCode } = await act(ids.web1, { [action]: value }, asking);
      expect(statusCode === 403, `${action} by ${asking}: ${statusCode}`).toBe(ladder.indexOf(asking) < ladder.indexOf(role));
    }
    expect((await act(ids.web1, { [action]: value }, "foreignManager")).statusCode).toBe(404);
  }
});

it("no action takes a value of another shape, or a second action beside it", async () => {
  for (const [action, value] of weakest) {
    const wrong = [7, "text", [], { surprise: 1 }, ...(value === null ? [] : [{ ...value, surprise: 1 }, null])];
    for (const one of wrong) expect((await act(ids.db1, { [action]: one })).statusCode, `${action}: ${JSON.stringify(one)}`).toBe(400);
    expect((await act(ids.db1, { [action]: value, "os-stop": null, pause: null })).statusCode).toBe(400);
  }
});
