import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KeystoneSettings } from "@ferry/api";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { now, password, users } from "./support/ids.ts";
import { openWorld, type World } from "./support/world.ts";

const login = { user: "admin", password, project: "ops", domain: "Default" };

beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"], now });
});
afterAll(() => {
  vi.useRealTimers();
});

/** A ferry whose tokens a Keystone validates, for one test. */
let opened: World[] = [];
let servers: Server[] = [];
afterEach(async () => {
  for (const world of opened) await world.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  [opened, servers] = [[], []];
});

async function ferryBehind(keystone: KeystoneSettings, lines: string[] = []): Promise<World> {
  const world = await openWorld({ worker: false, keystone, log: (line) => lines.push(line) });
  opened.push(world);
  return world;
}

const list = ({ app }: World, token: string) => app.inject({ url: "/v2.1/servers", headers: { "x-auth-token": token } });

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("with another ferry as the Keystone", () => {
  let keystone: World;
  let asked: string[];
  let settings: KeystoneSettings;
  beforeAll(async () => {
    const log = (line: string): void => {
      const { req } = JSON.parse(line) as { req?: { method: string; url: string } };
      if (req !== undefined) asked.push(`${req.method} ${req.url}`);
    };
    asked = [];
    keystone = await openWorld({ worker: false, log });
    settings = { url: `${await keystone.app.listen({ host: "127.0.0.1", port: 0 })}/identity/v3/`, ...login };
  });
  afterAll(() => keystone.close());

  it("its users have their roles and their project, asked for once for many requests", async () => {
    const ferry = await ferryBehind(settings);
    asked = [];
    const answers = await Promise.all(Array.from({ length: 8 }, () => list(ferry, keystone.tokens.member)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(200));
    expect(answers[0]?.json<{ servers: unknown[] }>().servers).not.toHaveLength(0);
    expect(asked.filter((request) => request.startsWith("GET"))).toHaveLength(1);
    expect(asked.filter((request) => request.startsWith("POST"))).toHaveLength(1);
    const hypervisors = (token: string) => ferry.app.inject({ url: "/v2.1/os-hypervisors", headers: { "x-auth-token": token } });
    expect((await hypervisors(keystone.tokens.member)).statusCode).toBe(403);
    expect((await hypervisors(keystone.tokens.admin)).statusCode).toBe(200);
  });

  it("what it does not know is 401 and leads to it, ferry's own tokens too", async () => {
    const ferry = await ferryBehind(settings);
    for (const token of ["nonsense", ferry.tokens.admin, "x".repeat(5000), "é", ""]) {
      const answer = await list(ferry, token);
      expect(answer.statusCode).toBe(401);
      expect(answer.headers["www-authenticate"]).toBe(`Keystone uri="${settings.url.replace("/v3/", "")}"`);
    }
  });

  it("ferry serves no identity of its own", async () => {
    const ferry = await ferryBehind(settings);
    for (const url of ["/identity", "/identity/v3", "/identity/v3/users"]) {
      expect((await ferry.app.inject({ url, headers: { "x-auth-token": keystone.tokens.admin } })).statusCode).toBe(404);
    }
    expect((await ferry.app.inject({ method: "POST", url: "/identity/v3/auth/tokens", payload: {} })).statusCode).toBe(404);
  });

  it("ferry logs in again when its own token was revoked", async () => {
    const ferry = await ferryBehind(settings);
    expect((await list(ferry, keystone.tokens.reader)).statusCode).toBe(200);
    await keystone.sql.query("DELETE FROM tokens WHERE user_id = $1 AND methods = '{password}' AND issued_at > now() - interval '1 h'", [
      users.admin.id,
    ]);
    expect((await list(ferry, keystone.tokens.manager)).statusCode).toBe(200);
  });

  it("a login that is refused is 503, and the password is in no log", async () => {
    const lines: string[] = [];
    const ferry = await ferryBehind({ ...settings, password: "a-secret-that-is-wrong" }, lines);
    expect((await list(ferry, keystone.tokens.member)).statusCode).toBe(503);
    expect(lines.join()).toContain("KEYSTONE_SILENT");
    expect(lines.join()).not.toContain("a-secret-that-is-wrong");
    expect(lines.join()).not.toContain(keystone.tokens.member);
  });
});

describe("with a Keystone that misbehaves", () => {
  const token = (more: object = {}) => ({
    token: {
      user: { id: "u", name: "u" },
      project: { id: "p", name: "p" },
      roles: [{ name: "Member" }],
      expires_at: "2036-01-01T00:00:00.000000Z",
      ...more,
    },
  });
  /** Its login works; what it says of tokens is up to `answer`. */
  const behind = async (answer: RequestListener): Promise<World> => {
    const server = createServer((request, response) => {
      if (request.method === "POST") response.writeHead(201, { "X-Subject-Token": "own" }).end("{}");
      else answer(request, response);
    });
    return await ferryBehind({ url: `http://${await listen(server)}`, ...login, deadlineMs: 300 });
  };
  const json =
    (body: unknown): RequestListener =>
    (_request, response) =>
      response.writeHead(200, { "Content-Type": "application/json" }).end(typeof body === "string" ? body : JSON.stringify(body));

  it("the control: one that behaves lets in", async () => {
    expect((await list(await behind(json(token())), "any")).statusCode).toBe(200);
  });

  const faults: [string, RequestListener][] = [
    ["does not answer", () => undefined],
    ["stops in the middle", (_request, response) => void response.writeHead(200).write('{"token": {')],
    [
      "never ends",
      (_request, response) => {
        response.writeHead(200);
        const more = (): void => {
          while (!response.destroyed && response.write("x".repeat(65_536)));
          if (!response.destroyed) response.once("drain", more);
        };
        more();
      },
    ],
    ["says no JSON", json("<html>")],
    ["says null", json("null")],
    ["says a token without a user", json(token({ user: undefined }))],
    ["says roles of another type", json(token({ roles: "admin" }))],
    ["says no end", json(token({ expires_at: "soon" }))],
    ["fails", (_request, response) => response.writeHead(500).end()],
    ["refuses ferry", (_request, response) => response.writeHead(403).end()],
    ["sends elsewhere", (_request, response) => response.writeHead(302, { Location: "http://127.0.0.1:9/" }).end()],
  ];
  it.each(faults)("one that %s is 503", async (_, answer) => {
    const refused = await list(await behind(answer), "any");
    expect([refused.statusCode, refused.headers["x-ferry-error-code"]]).toEqual([503, "KEYSTONE_SILENT"]);
  });

  it("a token that has ended is 401, whatever else it says", async () => {
    expect((await list(await behind(json(token({ expires_at: "2020-01-01T00:00:00.000000Z" }))), "any")).statusCode).toBe(401);
  });

  it("a role in a domain, and one that ferry does not know, allow nothing", async () => {
    for (const more of [
      { domain: { id: "d", name: "d" }, project: undefined, roles: [{ name: "admin" }] },
      { roles: [{ name: "owner" }] },
    ]) {
      expect((await list(await behind(json(token(more))), "any")).statusCode).toBe(403);
    }
  });

  it("one whose certificate nobody vouches for is not asked", async () => {
    const directory = mkdtempSync(join(tmpdir(), "ferry-tls-"));
    const [keyFile, certFile] = [join(directory, "key.pem"), join(directory, "cert.pem")];
    const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
    execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        keyFile,
        "-out",
        certFile,
        "-days",
        "1",
        ...subject,
      ],
      { stdio: "ignore" },
    );
    let asked = 0;
    const server = createTlsServer({ key: readFileSync(keyFile), cert: readFileSync(certFile) }, (_request, response) => {
      asked++;
      response.end();
    });
    rmSync(directory, { recursive: true });
    const ferry = await ferryBehind({ url: `https://${await listen(server)}`, ...login, deadlineMs: 2000 });
    expect((await list(ferry, "any")).statusCode).toBe(503);
    expect(asked).toBe(0);
  });
});
