import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeApi } from "./support/fake-api.ts";
import { migration, migrationUuid, server, serverId } from "./support/samples.ts";
import { makeWorld } from "./support/world.ts";

const bin = (name: string): string => fileURLToPath(new URL(`../bin/${name}.js`, import.meta.url));

let api: FakeApi;
beforeEach(async () => {
  api = new FakeApi();
  await api.listen();
});
afterEach(() => api.close());

/** Runs the real executable; resolves with its exit code and output. */
async function run(name: string, args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [bin(name), ...args], { env: { ...makeWorld({ url: api.url }).env, ...env } as NodeJS.ProcessEnv });
  const [out, err, [code]] = await Promise.all([child.stdout.toArray(), child.stderr.toArray(), once(child, "exit")]);
  return { code, out: out.join(""), err: err.join("") };
}

test.each([["ferry"], ["live-migration"]])("%s runs as a program", async (name) => {
  const { code, out } = await run(name, ["--help"]);
  expect(code).toBe(0);
  expect(out).toContain(`Usage: ${name}`);
});

test("requests to this machine do not go through a proxy of the environment", async () => {
  api.on("GET /ferry/v1/hosts", { body: { hosts: [] } });
  const proxy = { NODE_USE_ENV_PROXY: "1", HTTP_PROXY: "http://127.0.0.1:1", http_proxy: "http://127.0.0.1:1" };
  expect(await run("ferry", ["host", "list"], proxy)).toMatchObject({ code: 0, err: "" });
});

test("SIGINT detaches from a running move with exit code 2", async () => {
  api.on("GET /v2.1/servers/detail", { body: { servers: [server()] } });
  api.on(`POST /v2.1/servers/${serverId}/action`, { status: 202, headers: { location: `/ferry/v1/migrations/${migrationUuid}` } });
  api.on(`GET /ferry/v1/migrations/${migrationUuid}`, { body: { migration: migration() } });
  api.on("GET /ferry/v1/events", (_exchange, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write(": hello\n\n");
    return undefined;
  });
  const child = spawn(process.execPath, [bin("ferry"), "live-migration", "lm001"], {
    env: makeWorld({ url: api.url }).env as NodeJS.ProcessEnv,
  });
  const err = child.stderr.setEncoding("utf8").toArray();
  await once(child.stdout, "data");
  child.kill("SIGINT");
  const [code] = await once(child, "exit");
  expect(code).toBe(2);
  expect((await err).join("")).toContain("migration 12 of server lm001 goes on");
});

/** Source of a program that believes to be run by Node.js 20 and finds the project's own at that path. */
const onOldNode = (ownNode: string): string =>
  `Object.defineProperty(process.versions, "node", { value: "20.19.0" }); import(${JSON.stringify(bin("wanted-node"))}).then((m) => m.runsOnWantedNode(${JSON.stringify(ownNode)}));`;

test("a Node.js that is too old is told in one sentence where the project's own is missing", async () => {
  const failed = promisify(execFile)(process.execPath, ["-e", onOldNode("/nonexistent/node")]);
  await expect(failed).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Cannot run ferry with Node.js 20.19.0: it must be 24 or newer\..*\n$/),
  });
});

test("a Node.js that is too old hands the program over to the project's own, with its arguments and exit code", async () => {
  const program = join(makeWorld().home, "program.mjs");
  await writeFile(
    program,
    `if (process.argv[2] === "again") { console.log("handed over"); process.exit(7); } process.argv.push("again"); ${onOldNode(process.execPath)}`,
  );
  const failed = promisify(execFile)(process.execPath, [program]);
  await expect(failed).rejects.toMatchObject({ code: 7, stdout: "handed over\n" });
});
