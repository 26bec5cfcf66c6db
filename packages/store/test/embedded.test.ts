import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres, stopEmbeddedPostgres } from "../src/embedded/index.ts";

let directory: string;
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), "ferry-embedded-")), "postgres");
  await chmod(join(directory, ".."), 0o755);
});
afterEach(async () => {
  await stopEmbeddedPostgres(directory);
  await rm(join(directory, ".."), { recursive: true, force: true });
});

const start = (durable = false): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ directory, durable });

async function query(connectionString: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const portOf = ({ connectionString }: EmbeddedPostgres): number => Number(new URL(connectionString).port);
const serverPid = async (): Promise<number> => Number.parseInt(await readFile(join(directory, "data", "postmaster.pid"), "utf8"), 10);

async function killServer(): Promise<void> {
  const pid = await serverPid();
  process.kill(pid, "SIGKILL");
  for (let gone = false; !gone; ) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    gone = await stat(`/proc/${pid}`).then(
      () => false,
      () => true,
    );
  }
}

test("data, port and password outlive a stop; the password is closed to others and wanted", async () => {
  const first = await start();
  await query(first.connectionString, "CREATE TABLE t AS SELECT 1 AS n");
  await first.stop();
  const second = await start();
  expect(second.connectionString).toBe(first.connectionString);
  expect(second.found).toBe(false);
  expect(await query(second.connectionString, "SELECT n FROM t")).toEqual([{ n: 1 }]);
  expect((await stat(join(directory, "password"))).mode & 0o777).toBe(0o600);
  const wrong = Object.assign(new URL(second.connectionString), { password: "wrong" }).href;
  await expect(query(wrong, "SELECT 1")).rejects.toThrow("password authentication failed");
});

test("it listens on the loopback address only", async () => {
  const { connectionString } = await start();
  expect(await query(connectionString, "SHOW listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
});

test("a start beside a running server takes it over", async () => {
  const first = await start();
  const second = await start();
  expect(second).toMatchObject({ found: true, connectionString: first.connectionString });
});

test("starts at once lead to one server", async () => {
  const servers = await Promise.all([start(), start(), start()]);
  expect(new Set(servers.map((server) => server.connectionString)).size).toBe(1);
  expect(servers.filter((server) => !server.found)).toHaveLength(1);
});

test("after a kill it starts again, even when another process has the old number", async () => {
  const first = await start(true);
  await query(first.connectionString, "CREATE TABLE t AS SELECT 1 AS n");
  await killServer();
  const pidFile = join(directory, "data", "postmaster.pid");
  const lines = (await readFile(pidFile, "utf8")).split("\n");
  await writeFile(pidFile, [String(process.pid), ...lines.slice(1)].join("\n"));
  const second = await start();
  expect(await query(second.connectionString, "SELECT n FROM t")).toEqual([{ n: 1 }]);
});

test("a port that another program took meanwhile is given up for a free one", async () => {
  const first = await start();
  await first.stop();
  const thief: Server = createServer().listen(portOf(first), "127.0.0.1");
  await once(thief, "listening");
  const second = await start();
  thief.close();
  expect(portOf(second)).not.toBe(portOf(first));
  expect(await query(second.connectionString, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
});

test("what an interrupted initdb left is not taken for a cluster", async () => {
  await mkdir(join(directory, "data.new", "base"), { recursive: true });
  await writeFile(join(directory, "data.new", "PG_VERSION"), "18\n");
  expect(await query((await start()).connectionString, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
});

test("a Ctrl-C that ends the program leaves the server to the next start", async () => {
  const script = `import { startEmbeddedPostgres } from ${JSON.stringify(fileURLToPath(new URL("../src/embedded/index.ts", import.meta.url)))};
    await startEmbeddedPostgres({ directory: process.argv[1], durable: false });
    console.log("started");
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script, directory], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  const ended = once(child, "exit");
  process.kill(-(child.pid ?? 0), "SIGINT");
  await ended;
  expect(await start()).toMatchObject({ found: true });
});

test.runIf(process.getuid?.() === 0)("as root, a folder under one that is closed to others is refused with the remedy", async () => {
  await chmod(join(directory, ".."), 0o700);
  await expect(start()).rejects.toThrow("such as /var/lib/ferry");
});
