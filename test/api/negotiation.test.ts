import { request as httpRequest } from "node:http";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ids, now } from "./support/ids.ts";
import { authority, openWorld, type World } from "./support/world.ts";

/** What client and service agree on before any resource is looked at: versions, content types, projects in the path, connections. */
let world: World;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now });
  world = await openWorld({ worker: false });
});
afterAll(async () => {
  await world.close();
  vi.useRealTimers();
});

const ask = ({ headers = {}, ...options }: InjectOptions): Promise<LightMyRequestResponse> =>
  world.app.inject({ method: "GET", ...options, headers: { host: authority, "x-auth-token": world.tokens.admin, ...headers } });

const versionHeaders = ({ headers }: LightMyRequestResponse): unknown[] => [
  headers["openstack-api-version"],
  headers["x-openstack-nova-api-version"],
  headers.vary,
];

describe("microversion headers", () => {
  const both = "OpenStack-API-Version, X-OpenStack-Nova-API-Version";

  it.each([
    ["none", {}, "2.1"],
    ["the old one", { "x-openstack-nova-api-version": "2.42" }, "2.42"],
    ["the new one", { "openstack-api-version": "compute 2.42" }, "2.42"],
    ["both", { "openstack-api-version": "compute 2.53", "x-openstack-nova-api-version": "2.42" }, "2.53"],
    ["latest", { "x-openstack-nova-api-version": "latest" }, "2.96"],
    ["another service's", { "openstack-api-version": "placement 1.39" }, "2.1"],
  ])("%s: the answer names in both what was applied, and Vary names both", async (_, headers, applied) => {
    const answer = await ask({ url: "/v2.1/servers", headers });
    expect(answer.statusCode).toBe(200);
    const [current, old, vary] = versionHeaders(answer);
    expect([current, old, [vary].flat().join(", ")]).toEqual([`compute ${applied}`, applied, both]);
  });

  it.each(["2", "2.x", "two", "2.01", "1.1.1", " "])("a malformed %j is 400 and no version was applied", async (version) => {
    const answer = await ask({ url: "/v2.1/servers", headers: { "x-openstack-nova-api-version": version } });
    const message = `API Version String ${version.trim()} is of invalid format. Must be of format MajorNum.MinorNum.`;
    expect([answer.statusCode, answer.json()]).toEqual([400, { badRequest: { code: 400, message } }]);
    expect(versionHeaders(answer)).toEqual([undefined, undefined, undefined]);
  });

  it.each(["2.97", "2.0", "1.9", "3.0", "2.99999999999999999999"])("%s out of range is 406 and no version was applied", async (version) => {
    const answer = await ask({ url: "/v2.1/servers", headers: { "openstack-api-version": `compute ${version}` } });
    const message = `Version ${version} is not supported by the API. Minimum is 2.1 and maximum is 2.96.`;
    expect([answer.statusCode, answer.json()]).toEqual([406, { computeFault: { code: 406, message } }]);
    expect(versionHeaders(answer)).toEqual([undefined, undefined, undefined]);
  });

  it("what does not exist at a version is 404 in the words of an unknown path", async () => {
    const headers = { "x-openstack-nova-api-version": "2.22" };
    const missing = await ask({ url: `/v2.1/servers/${ids.web1}/migrations`, headers });
    const unknown = await ask({ url: "/v2.1/nothing", headers });
    expect(missing.statusCode).toBe(404);
    expect(missing.json()).toEqual(unknown.json());
    expect(missing.json()).toEqual({ itemNotFound: { code: 404, message: "The resource could not be found." } });
  });

  it("/v2 hears no version and drops what its schema does not know", async () => {
    const headers = { "x-openstack-nova-api-version": "2.96" };
    const shown = await ask({ url: `/v2/servers/${ids.db1}`, headers });
    expect(versionHeaders(shown)).toEqual([undefined, undefined, undefined]);
    expect(shown.json()).toHaveProperty("server.flavor.id");
    const action = { "os-migrateLive": { host: null, block_migration: true, disk_over_commit: false, surprise: 1 } };
    const moved = await ask({ method: "POST", url: `/v2/servers/${ids.old1}/action`, headers, payload: action });
    expect(moved.statusCode, moved.body).toBe(409);
  });
});

describe("every answer", () => {
  it.each([
    ["served", "/v2.1/servers", 200],
    ["refused", "/v2.1/servers?limit=x", 400],
    ["unknown", "/v2.1/nothing", 404],
  ])("that is %s has one request id under two names", async (_, url, status) => {
    const answer = await ask({ url });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers["x-openstack-request-id"]).toMatch(/^req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(answer.headers["x-compute-request-id"]).toBe(answer.headers["x-openstack-request-id"]);
  });
});

describe("bodies", () => {
  const url = `/v2.1/servers/${ids.db1}/action`;
  const lock = JSON.stringify({ lock: null });

  it.each([
    ["application/json", 202],
    ["application/json; charset=utf-8", 202],
    ["application/vnd.openstack.compute+json", 202],
    ["text/plain", 202],
    [undefined, 202],
    ["application/xml", 415],
    ["text/html", 415],
    ["application/octet-stream", 415],
    ["nonsense", 415],
  ])("under the type %s are answered with %i", async (type, status) => {
    const answer = await ask({ method: "POST", url, payload: lock, ...(type === undefined ? {} : { headers: { "content-type": type } }) });
    expect(answer.statusCode, answer.body).toBe(status);
    if (status === 415) expect(answer.json()).toMatchObject({ badMediaType: { code: 415 } });
    else expect(answer.body).toBe("");
  });

  it.each([
    ["{", "Malformed request body"],
    ["[]", "Malformed request body"],
    ["{}", "Malformed request body"],
    ['{"lock": null, "unlock": null}', "Malformed request body"],
    ['{"fly": null}', "There is no such action: fly"],
    ['{"os-migrateLive": {"host": null}}', "Invalid input for field/attribute os-migrateLive. Value: {'host': None}. "],
    ['{"os-migrateLive": {"host": 7, "block_migration": "auto"}}', "Invalid input for field/attribute host. Value: 7. 7 is not of type"],
    ['{"reboot": {"type": "SOFT", "fast": true}}', "Additional properties are not allowed ('fast' was unexpected)"],
  ])("%s is refused in Nova's words", async (payload, words) => {
    const headers = { "content-type": "application/json", "x-openstack-nova-api-version": "2.25" };
    const answer = await ask({ method: "POST", url, payload, headers });
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ badRequest: { message: string } }>().badRequest.message).toContain(words);
  });

  it("that are empty are none, whatever type they are said to have", async () => {
    const headers = { "content-type": "application/json" };
    const deleted = await ask({ method: "DELETE", url: `/v2.1/os-security-groups/${ids.spareGroup}`, headers });
    expect([deleted.statusCode, deleted.body]).toEqual([202, ""]);
    expect((await ask({ method: "POST", url, headers })).statusCode).toBe(400);
  });

  it.each([
    ["300 digits", `{"createImage": ${"9".repeat(300)}}`],
    ["100,000 levels", "[".repeat(100_000)],
    ["40,000 levels of an action", `{"os-migrateLive": ${"[".repeat(40_000)}${"]".repeat(40_000)}}`],
    ["half of a surrogate pair", '{"lock": {"locked_reason": "\\ud800"}}'],
    ["NUL", '{"lock": {"locked_reason": "\\u0000"}}'],
    ["an exponent beyond all numbers", '{"os-getConsoleOutput": {"length": 1e999}}'],
  ])("with %s are 400", async (_, payload) => {
    const headers = { "content-type": "application/json", "openstack-api-version": "compute 2.73" };
    expect((await ask({ method: "POST", url, payload, headers })).statusCode).toBe(400);
  });
});

describe("a project in the path", () => {
  it.each(["/v2.1", "/v2"])("must be the token's under %s", async (root) => {
    expect((await ask({ url: `${root}/${ids.opsProject}/servers` })).statusCode).toBe(200);
    const other = await ask({ url: `${root}/${ids.labProject}/servers` });
    const message = `Malformed request URL: URL's project_id '${ids.labProject}' doesn't match Context's project_id '${ids.opsProject}'`;
    expect([other.statusCode, other.json()]).toEqual([400, { badRequest: { code: 400, message } }]);
  });
});

describe("connections", () => {
  it("are closed for a client that asks for it, and the answer says so", async () => {
    const address = new URL(await world.app.listen({ host: "127.0.0.1", port: 0 }));
    const heard = await new Promise<string | undefined>((resolve, reject) => {
      const sent = httpRequest(
        { host: address.hostname, port: address.port, path: "/v2.1", headers: { connection: "close" } },
        (answer) => {
          answer.resume();
          answer.once("end", () => resolve(answer.headers.connection));
        },
      );
      sent.once("error", reject);
      sent.end();
    });
    expect(heard).toBe("close");
  });
});
