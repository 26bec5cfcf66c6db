import { contractDocument } from "@ferry/contract";
import { describe, expect, it } from "vitest";
import { password } from "./support/ids.ts";
import { authority, openWorld } from "./support/world.ts";

describe("the service itself", () => {
  it("answers /openapi.json with the contract", async () => {
    const world = await openWorld();
    const response = await world.app.inject({ method: "GET", url: "/openapi.json", headers: { host: authority } });
    expect(response.json()).toEqual(JSON.parse(JSON.stringify(contractDocument)));
    await world.close();
  });

  it("answers /docs with a page that needs nothing but this service, and may load nothing else", async () => {
    const world = await openWorld();
    const get = (url: string) => world.app.inject({ method: "GET", url, headers: { host: authority } });
    const page = await get("/docs");
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self';");
    const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? "");
    expect(files).toEqual(["/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/docs/start.js"]);
    for (const url of files) {
      const file = await get(url);
      expect([url, file.statusCode, file.headers["x-content-type-options"]]).toEqual([url, 200, "nosniff"]);
      expect(file.headers["content-type"]).toBe(url.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8");
    }
    expect((await get("/docs/start.js")).body).toContain('url: "/openapi.json"');
    await world.close();
  });

  it("answers /healthz with 503 when the database is gone", async () => {
    const world = await openWorld();
    await world.sql.query("ALTER TABLE event_counter RENAME TO away");
    const response = await world.app.inject({ method: "GET", url: "/healthz", headers: { host: authority } });
    expect(response.statusCode).toBe(503);
    expect(response.json()).toEqual({ status: "failing", database: "failing" });
    await world.close();
  });

  it("answers an unexpected failure with 500 that tells nothing, and the log with its reason under the same request id", async () => {
    const lines: string[] = [];
    const world = await openWorld({ log: (line) => lines.push(line) });
    await world.sql.query("UPDATE tokens SET expires_at = now() + interval '1 hour'");
    await world.sql.query("ALTER TABLE instance_actions RENAME TO away");
    const url = "/v2.1/servers/3f0c7f6e-0d0a-4b0e-9a3e-6b3f2d1c9a77/os-instance-actions";
    const response = await world.app.inject({ method: "GET", url, headers: { host: authority, "x-auth-token": world.tokens.admin } });
    expect(response.statusCode).toBe(500);
    expect(response.json()).toMatchObject({ computeFault: { code: 500, message: expect.stringMatching(/^Unexpected API Error\./) } });
    expect(response.body).not.toContain("instance_actions");
    const requestId = String(response.headers["x-openstack-request-id"]);
    const reason = lines.find((line) => line.includes(requestId) && line.includes("instance_actions"));
    expect(reason).toBeDefined();
    await world.close();
  });

  it("logs each request and answer with the request id, and never a token or a password", async () => {
    const lines: string[] = [];
    const world = await openWorld({ log: (line) => lines.push(line) });
    await world.sql.query("UPDATE tokens SET expires_at = now() + interval '1 hour'");
    const identity = { methods: ["password"], password: { user: { name: "admin", domain: { id: "default" }, password } } };
    const issued = await world.app.inject({ method: "POST", url: "/identity/v3/auth/tokens", payload: { auth: { identity } } });
    const token = String(issued.headers["x-subject-token"]);
    const headers = { "x-auth-token": world.tokens.admin, "x-subject-token": token };
    await world.app.inject({ method: "GET", url: "/identity/v3/auth/tokens", headers });
    await world.app.inject({ method: "POST", url: "/identity/v3/auth/tokens", payload: { auth: { identity, surprise: password } } });
    const requestId = String(issued.headers["x-openstack-request-id"]);
    expect(lines.filter((line) => line.includes(requestId))).toHaveLength(2);
    for (const secret of [token, world.tokens.admin, password]) expect(lines.join("")).not.toContain(secret);
    await world.close();
  });
});
