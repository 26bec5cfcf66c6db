import type { LightMyRequestResponse } from "fastify";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ids, now, type UserName } from "./support/ids.ts";
import { authority, openWorld, type World } from "./support/world.ts";

/** compute2 is dead, with db1 (active) and cold1 on it; no worker carries anything out. */
let world: World;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now });
  world = await openWorld({ worker: false });
  await sql("UPDATE hosts SET state = 'down' WHERE id = $1", ids.compute2);
});
afterEach(async () => {
  await world.close();
  vi.useRealTimers();
});

const sql = async (text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> => (await world.sql.query(text, values)).rows;
const boot = "0b0070de-0000-4000-8000-000000000001";
const fence = (): Promise<unknown> =>
  sql("INSERT INTO host_fences (host_id, boot_id, method, note, user_id) VALUES ($1, $2, 'ipmi', 'off', 'somebody')", ids.compute2, boot);

async function ask(method: "GET" | "POST" | "DELETE", url: string, body?: object, version = "2.68", as: UserName = "admin") {
  const headers = { host: authority, "x-auth-token": world.tokens[as], "openstack-api-version": `compute ${version}` };
  return await world.app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) });
}
const evacuate = (value: object, version?: string, server: string = ids.db1, as?: UserName): Promise<LightMyRequestResponse> =>
  ask("POST", `/v2.1/servers/${server}/action`, { evacuate: value }, version, as);
const code = (answer: LightMyRequestResponse): unknown => answer.headers["x-ferry-error-code"];

describe("an accepted evacuation", () => {
  beforeEach(fence);

  it("is answered with 200 and no body, shows REBUILD, and is a migration of the type evacuation for a worker", async () => {
    const answer = await evacuate({ host: "compute1" });
    expect([answer.statusCode, answer.body]).toEqual([200, ""]);
    const { pathname } = new URL(String(answer.headers.location));
    const { migration } = (await ask("GET", pathname)).json();
    expect(migration).toMatchObject({ migration_type: "evacuation", mode: "evacuate", status: "accepted", source_host: "compute2" });
    const { server } = (await ask("GET", `/v2.1/servers/${ids.db1}`)).json();
    expect(server).toMatchObject({ status: "REBUILD", "OS-EXT-STS:task_state": "rebuilding" });
    expect(await sql("SELECT topic FROM outbox")).toEqual([{ topic: "run-migration" }]);
  });

  it.each([
    ["2.13", { onSharedStorage: true }, true],
    ["2.14", {}, true],
    ["2.29", { host: "compute1", force: true }, true],
    ["2.94", { host: null, adminPass: "unused" }, true],
    ["2.95", {}, false],
  ])("at %s with %j starts the guest: %s", async (version, body, starts) => {
    expect((await evacuate(body, version)).statusCode).toBe(200);
    expect(await sql("SELECT starts_guest FROM migrations WHERE mode = 'evacuate'")).toEqual([{ starts_guest: starts }]);
  });

  it.each([
    ["active", 1, true],
    ["stopped", 4, false],
    ["error", 1, true],
    ["error", 4, false],
  ])("of a server that is %s with power state %i starts it: %s", async (vmState, powerState, starts) => {
    await sql("UPDATE servers SET vm_state = $2, power_state = $3 WHERE id = $1", ids.db1, vmState, powerState);
    expect((await evacuate({})).statusCode).toBe(200);
    expect(await sql("SELECT starts_guest FROM migrations WHERE mode = 'evacuate'")).toEqual([{ starts_guest: starts }]);
  });

  it("is refused a second time, and cannot be aborted", async () => {
    await evacuate({});
    expect(code(await evacuate({}))).toBe("SERVER_MIGRATION_PENDING");
    const [row] = await sql("SELECT number FROM migrations WHERE mode = 'evacuate'");
    const aborted = await ask("DELETE", `/v2.1/servers/${ids.db1}/migrations/${row?.number}`, undefined, "2.96");
    expect([aborted.statusCode, code(aborted)]).toEqual([409, "SERVER_WRONG_STATE"]);
  });

  it.each([
    ["another word for shared storage", { onSharedStorage: false }, "2.1", 400, "EVACUATION_NEEDS_SHARED"],
    ["onSharedStorage when it is gone", { onSharedStorage: true }, "2.14", 400, "VALIDATION_FAILED"],
    ["force when it is gone", { host: "compute1", force: true }, "2.68", 400, "VALIDATION_FAILED"],
    ["force without a host", { force: true }, "2.29", 400, "FORCE_WITHOUT_HOST"],
    ["an unknown host", { host: "nowhere" }, "2.68", 400, "COMPUTE_HOST_NOT_FOUND"],
    ["the dead host itself", { host: "compute2" }, "2.68", 400, "SAME_HOST"],
  ])("is not: %s", async (_what, body, version, status, error) => {
    const answer = await evacuate(body, version);
    expect([answer.statusCode, code(answer)]).toEqual([status, error]);
  });

  it("is not: a paused server", async () => {
    await sql("UPDATE servers SET vm_state = 'paused' WHERE id = $1", ids.db1);
    expect((await evacuate({})).json().conflictingRequest.message).toContain("vm_state paused");
  });

  it("is not: by a project's manager, nor of a server that is not in reach", async () => {
    expect((await evacuate({}, "2.68", ids.db1, "manager")).statusCode).toBe(403);
    expect((await evacuate({}, "2.68", ids.db1, "foreignManager")).statusCode).toBe(404);
  });
});

describe("without proof that the host is dead", () => {
  it("a host whose service is up keeps its servers, in Nova's words", async () => {
    await fence();
    await sql("UPDATE hosts SET state = 'up' WHERE id = $1", ids.compute2);
    const answer = await evacuate({});
    expect([answer.statusCode, answer.json().badRequest.message]).toEqual([400, "Compute service of compute2 is still in use."]);
  });

  it("silence alone is none: the answer tells how to fence it", async () => {
    const answer = await evacuate({});
    expect(answer.statusCode).toBe(409);
    expect(answer.json().conflictingRequest.message).toContain("ferry host fence compute2");
  });

  it("forcing its service down is none either", async () => {
    await sql("UPDATE hosts SET state = 'up', forced_down = true WHERE id = $1", ids.compute2);
    expect(code(await evacuate({}))).toBe("HOST_NOT_FENCED");
  });

  it.each(["restarted", "never-dead", "answers"])("a fence that has ended (%s) is none", async (reason) => {
    await fence();
    await sql("UPDATE host_fences SET ended_at = now(), end_reason = $1", reason);
    expect(code(await evacuate({}))).toBe("FENCE_ENDED");
    expect(await sql("SELECT 1 FROM migrations WHERE mode = 'evacuate'")).toEqual([]);
  });
});
