import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdtemp, open, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startEmbeddedPostgres } from "@ferry/store/embedded";
import { applyMigrations } from "@ferry/store/migrate";
import type { Lab, LabHost } from "../lab/index.ts";
import { ApiClient } from "./api-client.ts";

const program = (app: string): string => fileURLToPath(new URL(`../../apps/${app}/src/main.ts`, import.meta.url));
const PASSWORD = "stack-admin-password";
const READY_WITHIN_MS = 60_000;

/**
 * ferry's real processes against a real database, for tests and benches that need to end and restart them one by one. Everything lives in a
 * temporary directory and is gone after `stop`.
 */
export class Stack {
  readonly directory: string;
  readonly databaseUrl: string;
  readonly url: string;
  readonly api: ApiClient;
  /** Of the user admin in the project admin. */
  readonly password = PASSWORD;
  private readonly env: NodeJS.ProcessEnv;
  private readonly children = new Map<string, ChildProcess>();
  private readonly stopDatabase: () => Promise<void>;

  private constructor(parts: {
    directory: string;
    databaseUrl: string;
    listen: string;
    env: NodeJS.ProcessEnv;
    stopDatabase: () => Promise<void>;
  }) {
    this.directory = parts.directory;
    this.databaseUrl = parts.databaseUrl;
    this.url = `http://${parts.listen}`;
    this.env = parts.env;
    this.stopDatabase = parts.stopDatabase;
    this.api = new ApiClient(this.url, { username: "admin", password: PASSWORD, project: "admin" });
  }

  /** Starts database, API and one worker. `env` is added to both processes' environment. */
  static async start(lab: Pick<Lab, "privateKeyPath">, env: NodeJS.ProcessEnv = {}): Promise<Stack> {
    const directory = await mkdtemp(join(tmpdir(), "ferry-stack-"));
    await chmod(directory, 0o755);
    const postgres = await startEmbeddedPostgres({ directory: join(directory, "postgres") });
    await applyMigrations(postgres.connectionString);
    const listen = `127.0.0.1:${await freePort()}`;
    const stack = new Stack({
      directory,
      databaseUrl: postgres.connectionString,
      listen,
      stopDatabase: () => postgres.stop(),
      env: {
        ...process.env,
        DATABASE_URL: postgres.connectionString,
        FERRY_LISTEN: listen,
        FERRY_STATE_DIR: join(directory, "state"),
        FERRY_HOME: join(directory, "home"),
        FERRY_ADMIN_PASSWORD: PASSWORD,
        FERRY_SSH_KEY: lab.privateKeyPath,
        ...env,
      },
    });
    try {
      await stack.startProcess("api");
      await stack.untilHealthy();
      await stack.startProcess("worker");
    } catch (error) {
      await stack.stop();
      throw error;
    }
    return stack;
  }

  /** Adds every host of the lab and waits until its guests are servers. */
  async addHosts(hosts: readonly LabHost[]): Promise<void> {
    for (const host of hosts) await this.api.addHost({ name: host.name, address: host.address, port: host.sshPort });
  }

  /** Starts `api` or a worker under a name of its own (`worker`, `worker-2`). */
  async startProcess(name: string, env: NodeJS.ProcessEnv = {}): Promise<number> {
    const log = await open(join(this.directory, `${name}.log`), "a", 0o600);
    const app = name === "api" ? "api" : "worker";
    const child = spawn(process.execPath, [program(app)], { env: { ...this.env, ...env }, stdio: ["ignore", log.fd, log.fd] });
    await log.close();
    this.children.set(name, child);
    return child.pid ?? 0;
  }

  /** Ends a process by its own id and waits until it is gone. */
  async end(name: string, signal: NodeJS.Signals): Promise<void> {
    const child = this.children.get(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await gone;
  }

  /** Resolves when the process has ended by itself, as one does that an injected fault kills. */
  async ended(name: string, withinMs: number): Promise<void> {
    const child = this.children.get(name);
    for (let waited = 0; waited < withinMs; waited += 20) {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      await sleep(20);
    }
    throw new Error(`${name} still runs after ${withinMs} ms; it was expected to end by itself.`);
  }

  /** What a process has logged so far. */
  log(name: string): Promise<string> {
    return readFile(join(this.directory, `${name}.log`), "utf8");
  }

  async stop(): Promise<void> {
    for (const name of this.children.keys()) await this.end(name, "SIGTERM");
    await this.stopDatabase();
    await rm(this.directory, { recursive: true, force: true });
  }

  private async untilHealthy(): Promise<void> {
    for (let waited = 0; waited < READY_WITHIN_MS; waited += 50) {
      const healthy = await fetch(`${this.url}/healthz`).then(
        (response) => response.ok,
        () => false,
      );
      if (healthy) return;
      await sleep(50);
    }
    throw new Error(`The API did not start:\n${(await this.log("api")).slice(-4000)}`);
  }
}

/** A TCP port on loopback that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
