import { type ChildProcess, spawn } from "node:child_process";
import { open, realpath } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, escapeIdentifier } from "pg";
import { type Binaries, findBinaries } from "./binaries.ts";
import { dataPath, ensureCluster, passwordOf, prepareDirectory, superuser } from "./cluster.ts";
import { freePort, rememberedPort, rememberPort } from "./port.ts";
import { forgetDeadServer, runningPid, stopServer } from "./postmaster.ts";
import { withStartLock } from "./start-lock.ts";
import { type SystemUser, serverUser } from "./system-user.ts";

export interface EmbeddedPostgresOptions {
  /** Holds the cluster, its log, port and password. Made when missing. As root it must not lie under a folder closed to others. */
  readonly directory: string;
  /** Database to make and connect to. Default `ferry`. */
  readonly database?: string;
  /** False gives up crash safety for speed; for tests only. Default true. */
  readonly durable?: boolean;
}

export interface EmbeddedPostgres {
  readonly connectionString: string;
  /** True when it already ran, left by a process that was killed. */
  readonly found: boolean;
  /** Fast shutdown; resolves when the server has ended. */
  stop(): Promise<void>;
}

const startDeadlineMs = 120_000;

/**
 * Starts PostgreSQL from the npm package on a loopback port, or finds it running. The server is a process group of its own: a Ctrl-C meant for ferry does
 * not end it before ferry's own shutdown has, and when ferry is killed the next start takes the running server over. After a crash PostgreSQL replays its log,
 * so a start may take longer (120 s at most here).
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = await serverUser();
  await prepareDirectory(options.directory, user);
  const directory = await realpath(options.directory);
  const password = await passwordOf(directory);
  const found = await withStartLock(directory, () => ensureRunning(directory, password, user, options.durable ?? true));
  const urlOf = async (database: string): Promise<string> =>
    `postgresql://${superuser}:${password}@127.0.0.1:${(await rememberedPort(directory)) ?? 0}/${encodeURIComponent(database)}`;
  await waitUntilReady(directory, await urlOf("postgres"));
  const database = options.database ?? "ferry";
  await ensureDatabase(await urlOf("postgres"), database);
  return { connectionString: await urlOf(database), found, stop: () => stopServer(directory) };
}

/** True when the server ran already. */
async function ensureRunning(directory: string, password: string, user: SystemUser | null, durable: boolean): Promise<boolean> {
  if ((await runningPid(directory)) !== null) return true;
  const binaries = await findBinaries(directory, user);
  await ensureCluster(directory, binaries, password, user);
  await launch(directory, binaries, user, durable);
  return false;
}

async function launch(directory: string, binaries: Binaries, user: SystemUser | null, durable: boolean): Promise<void> {
  await forgetDeadServer(directory);
  const port = await freePort(await rememberedPort(directory));
  await rememberPort(directory, port);
  const log = await open(join(directory, "server.log"), "a", 0o600);
  try {
    const child = spawn(binaries.postgres, serverArguments(directory, port, durable), {
      ...user,
      cwd: directory,
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
    });
    await started(child, directory);
    child.unref();
  } finally {
    await log.close();
  }
}

const serverArguments = (directory: string, port: number, durable: boolean): string[] => {
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ];
  return ["-D", dataPath(directory), ...settings.flatMap((setting) => ["-c", setting])];
};

/** Resolves once the server has written its pid file; rejects when it ended before (the reason is in the log). */
async function started(child: ChildProcess, directory: string): Promise<void> {
  const ended = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`Cannot start the embedded PostgreSQL: it ended with status ${code}. The reason is in ${directory}/server.log.`)),
    );
  });
  const running = (async () => {
    while ((await runningPid(directory)) === null && child.exitCode === null) await sleep(10);
  })();
  await Promise.race([ended, running]);
  ended.catch(() => undefined);
}

async function waitUntilReady(directory: string, url: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < startDeadlineMs; waitedMs += 20) {
    if (await accepts(url)) return;
    if ((await runningPid(directory)) === null) break;
    await sleep(20);
  }
  throw new Error(`Cannot connect to the embedded PostgreSQL in ${directory}: it is not ready. The reason is in server.log there.`);
}

async function accepts(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch (error) {
    const code = (error as { code?: string }).code;
    // 57P03: the server is starting up or replaying its log.
    if (code === "ECONNREFUSED" || code === "ECONNRESET" || code === "57P03") return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(name)}`).catch(ignoreDuplicate);
  } finally {
    await client.end();
  }
}

/** 42P04, or 23505 out of the catalog's index: another process made it in the meantime. */
function ignoreDuplicate(error: { code?: string }): void {
  if (error.code !== "42P04" && error.code !== "23505") throw error;
}
