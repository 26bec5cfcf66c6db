import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { claimStateDirectory } from "../src/claim-state-directory.ts";
import { Supervised } from "../src/supervise.ts";

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

function emptyDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "ferry-standalone-test-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Starts ferry where it must write nothing; resolves with what the process says. */
async function start(listen: string, state = join(emptyDirectory(), "state")) {
  const home = join(emptyDirectory(), "home");
  const env = { ...process.env, FERRY_LISTEN: listen, FERRY_STATE_DIR: state, FERRY_HOME: home };
  const child = spawn(process.execPath, [pathOf("../src/main.ts")], { env, stdio: ["ignore", "ignore", "pipe"] });
  const [err, [code]] = await Promise.all([child.stderr.setEncoding("utf8").toArray(), once(child, "exit")]);
  return { code, err: err.join(""), wrote: existsSync(join(state, "admin-password")) || existsSync(home) };
}

test("a port that is taken ends ferry with one sentence and the remedy, before anything is started or written", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const { code, err, wrote } = await start(`127.0.0.1:${port}`);
  expect(code).toBe(78);
  expect(err).toMatch(new RegExp(`^Cannot listen on 127.0.0.1:${port}: port ${port} is in use,.* FERRY_LISTEN=127.0.0.1:\\d+\\.\n$`));
  expect(wrote).toBe(false);
});

test.each([
  ["8774", "must be ADDRESS:PORT"],
  ["198.51.100.1:8774", "this machine has no address 198.51.100.1"],
])("FERRY_LISTEN=%s ends ferry with one sentence", async (listen, sentence) => {
  const { code, err, wrote } = await start(listen);
  expect({ code, lines: err.split("\n").length, wrote }).toEqual({ code: 78, lines: 2, wrote: false });
  expect(err).toContain(sentence);
});

test("a state directory in which another ferry works is left alone", async () => {
  const state = emptyDirectory();
  await claimStateDirectory(state);
  const { code, err, wrote } = await start("127.0.0.1:0", state);
  expect({ code, wrote }).toEqual({ code: 78, wrote: false });
  expect(err).toMatch(/^Cannot start ferry: another ferry works in .*FERRY_STATE_DIR and FERRY_HOME\.\n$/);
});

test("a program that says its configuration is wrong is not started again", async () => {
  const told = vi.spyOn(console, "error").mockReturnValue();
  onTestFinished(() => told.mockRestore());
  const ended = Promise.withResolvers<void>();
  const child = new Supervised("program", pathOf("support/misconfigured-program.ts"), process.env, () => ended.resolve());
  child.start();
  const { pid } = child;
  await ended.promise;
  await child.stop();
  expect(child.pid).toBe(pid);
  expect(told).not.toHaveBeenCalled();
});
