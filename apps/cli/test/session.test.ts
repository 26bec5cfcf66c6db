import { once } from "node:events";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { runFerry } from "@ferry/cli";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readCredentials } from "../src/session/credentials.ts";
import { serviceUrl, tokensUrl } from "../src/session/endpoints.ts";
import { FakeApi } from "./support/fake-api.ts";
import { makeWorld } from "./support/world.ts";

const hosts = "GET /ferry/v1/hosts";
const tokens = "POST /identity/v3/auth/tokens";
const noHosts = { body: { hosts: [] } };
const unauthorized = {
  status: 401,
  body: { error: { code: 401, title: "Unauthorized", message: "The request you have made requires authentication." } },
};

let api: FakeApi;
beforeEach(async () => {
  api = new FakeApi();
  await api.listen();
});
afterEach(() => api.close());

test("logs in with user, password, project and domains of the environment", async () => {
  api.on(hosts, noHosts);
  const world = makeWorld({ url: api.url, env: { OS_USER_DOMAIN_NAME: "d1", OS_PROJECT_DOMAIN_NAME: "d2" } });
  expect(await world.ferry("host", "list")).toBe(0);
  expect(api.asked(tokens)[0]?.body).toEqual({
    auth: {
      identity: { methods: ["password"], password: { user: { name: "admin", domain: { name: "d1" }, password: "secret" } } },
      scope: { project: { name: "admin", domain: { name: "d2" } } },
    },
  });
});

test("without OS_AUTH_URL the file cli.json in FERRY_HOME is used", async () => {
  api.on(hosts, noHosts);
  const world = makeWorld();
  const file = { authUrl: `${api.url}/identity/v3`, username: "admin", password: "from-file", project: "admin" };
  await writeFile(join(world.home, "cli.json"), JSON.stringify(file));
  expect(await world.ferry("host", "list")).toBe(0);
  expect(api.asked(tokens)[0]?.body).toMatchObject({ auth: { identity: { password: { user: { password: "from-file" } } } } });
});

test("the token is kept in a file for its owner only, and used by the next command", async () => {
  api.on(hosts, noHosts);
  const world = makeWorld({ url: api.url });
  await world.ferry("host", "list");
  await world.ferry("host", "list");
  expect(api.asked(tokens)).toHaveLength(1);
  const path = join(world.home, "token.json");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readFile(path, "utf8")).not.toContain("secret");
});

test("a kept token is not used for another account", async () => {
  api.on(hosts, noHosts);
  const world = makeWorld({ url: api.url });
  await world.ferry("host", "list");
  const other = { ...world, env: { ...world.env, OS_PROJECT_NAME: "other" } };
  await runFerry(["host", "list"], other);
  expect(api.asked(tokens)).toHaveLength(2);
});

test("a kept token is not used with a wrong password", async () => {
  api.on(hosts, noHosts);
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host", "list")).toBe(0);
  api.on(tokens, unauthorized);
  expect(await runFerry(["host", "list"], { ...world, env: { ...world.env, OS_PASSWORD: "wrong" } })).toBe(4);
  expect(await world.ferry("host", "list")).toBe(0);
  expect(api.asked(hosts)).toHaveLength(2);
});

test("an expired token is not used", async () => {
  api.on(hosts, noHosts);
  const world = makeWorld({ url: api.url });
  await world.ferry("host", "list");
  const path = join(world.home, "token.json");
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, "utf8")), expiresAt: Date.now() + 1000 }));
  await world.ferry("host", "list");
  expect(api.asked(tokens)).toHaveLength(2);
});

test("a token file that is damaged or cannot be written costs a login, not the command", async () => {
  api.on(hosts, noHosts);
  const world = makeWorld({ url: api.url });
  await mkdir(join(world.home, "token.json"));
  expect(await world.ferry("host", "list")).toBe(0);
  expect(world.err.text).toBe("");
});

test("after a 401 it logs in once more and repeats the request with its body", async () => {
  let tries = 0;
  api.on("POST /ferry/v1/hosts/scan", () => (tries++ === 0 ? unauthorized : { body: { keys: [] } }));
  const world = makeWorld({ url: api.url });
  await world.ferry("host", "add", "198.18.78.11", "--accept-new");
  expect(api.asked(tokens)).toHaveLength(2);
  expect(api.asked("POST /ferry/v1/hosts/scan").map(({ body }) => body)).toEqual([
    { address: "198.18.78.11", port: 22 },
    { address: "198.18.78.11", port: 22 },
  ]);
});

test("a second 401 exits with 4", async () => {
  api.on(hosts, unauthorized);
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host", "list")).toBe(4);
  expect(api.asked(tokens)).toHaveLength(2);
});

test("refused credentials exit with 4 and say whose", async () => {
  api.on(tokens, unauthorized);
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host", "list")).toBe(4);
  expect(world.err.text).toContain("user admin in project admin was refused");
  expect(world.err.text).not.toContain("secret");
});

test("a ready token is used as it is, and never stored", async () => {
  api.on("GET /identity/v3/auth/tokens", { body: { token: { expires_at: "2099-01-01T00:00:00.000000Z", roles: [] } } });
  api.on(hosts, noHosts);
  const world = makeWorld({ env: { OS_AUTH_URL: `${api.url}/identity`, OS_TOKEN: "given" } });
  expect(await world.ferry("host", "list")).toBe(0);
  expect(api.asked(hosts)[0]?.headers["x-auth-token"]).toBe("given");
  await expect(stat(join(world.home, "token.json"))).rejects.toThrow("ENOENT");
});

test.each([
  [{ OS_AUTH_URL: "http://h/identity", OS_USERNAME: "admin" }, "OS_PASSWORD, OS_PROJECT_NAME must be set too"],
  [{}, "OS_AUTH_URL is not set and"],
])("incomplete settings %j exit with 4 and name what is missing", async (env, sentence) => {
  const world = makeWorld({ env });
  expect(await world.ferry("list")).toBe(4);
  expect(world.err.text).toContain(sentence);
  expect(world.err.text).toContain("remedy: ");
});

test.each([["{"], ["[]"], ['{"authUrl": 1}'], ["null"]])("a cli.json of %j exits with 4", async (text) => {
  const world = makeWorld();
  await writeFile(join(world.home, "cli.json"), text);
  expect(await world.ferry("list")).toBe(4);
});

test("the environment and the file are never mixed", async () => {
  const world = makeWorld({ env: { OS_AUTH_URL: "http://elsewhere/identity" } });
  await writeFile(join(world.home, "cli.json"), JSON.stringify({ authUrl: "http://h", username: "u", password: "p", project: "p" }));
  await expect(readCredentials(world.env)).rejects.toThrow("OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME must be set too");
});

/** A port of this machine on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

test("a server that does not listen exits with 1 and says where", async () => {
  const url = `http://127.0.0.1:${await closedPort()}`;
  const world = makeWorld({ url });
  expect(await world.ferry("list")).toBe(1);
  expect(world.err.lines[0]).toBe(`error: SERVER_UNREACHABLE: Cannot reach ferry at ${url}: ECONNREFUSED.`);
});

test("a port that HTTP clients refuse is named as the cause", async () => {
  const world = makeWorld({ url: "http://127.0.0.1:9" });
  expect(await world.ferry("list")).toBe(1);
  expect(world.err.lines[0]).toBe("error: SERVER_UNREACHABLE: Cannot reach ferry at http://127.0.0.1:9: bad port.");
});

test.each([
  ["http://h:8774/identity/v3", "http://h:8774/identity/v3/auth/tokens", "http://h:8774"],
  ["http://h:8774/identity/", "http://h:8774/identity/v3/auth/tokens", "http://h:8774"],
  ["https://h/ferry/identity/v3/", "https://h/ferry/identity/v3/auth/tokens", "https://h/ferry"],
  ["http://h/v3", "http://h/v3/auth/tokens", "http://h"],
])("the auth url %s leads to %s and %s", (authUrl, tokensAt, servedAt) => {
  expect(tokensUrl(authUrl)).toBe(tokensAt);
  expect(serviceUrl(authUrl)).toBe(servedAt);
});

test.each([["h:8774"], ["ftp://h"], ["file:///etc/passwd"]])("the auth url %s is refused as wrong usage", async (authUrl) => {
  const env = { OS_AUTH_URL: authUrl, OS_USERNAME: "u", OS_PASSWORD: "p", OS_PROJECT_NAME: "p" };
  expect(await makeWorld({ env }).ferry("list")).toBe(64);
});
