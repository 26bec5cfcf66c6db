import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startEmbeddedPostgres } from "@ferry/store/embedded";
import { applyMigrations } from "@ferry/store/migrate";
import { freePort } from "../stack/stack.ts";
import { type Seeded, seedServers } from "./api-seed.ts";

const password = "bench-admin-password";
const readyWithinMs = 60_000;

/** A process that listens, and where. */
export interface Listening {
  readonly url: string;
  readonly child: ChildProcess;
}

/** The API as its own process over a real PostgreSQL with many servers in it; no worker, no hosts. Everything lives in a temporary directory. */
export class ApiWorld {
  readonly api: Listening;
  readonly token: string;
  readonly seeded: Seeded;
  private readonly directory: string;
  private readonly stopDatabase: () => Promise<void>;
  private readonly children: ChildProcess[] = [];

  private constructor(parts: { api: Listening; token: string; seeded: Seeded; directory: string; stopDatabase: () => Promise<void> }) {
    this.api = parts.api;
    this.token = parts.token;
    this.seeded = parts.seeded;
    this.directory = parts.directory;
    this.stopDatabase = parts.stopDatabase;
    this.children.push(parts.api.child);
  }

  /** @throws Error with the end of the log when the API does not start. */
  static async open(servers: number): Promise<ApiWorld> {
    const directory = await mkdtemp(join(tmpdir(), "ferry-bench-"));
    await chmod(directory, 0o755);
    const postgres = await startEmbeddedPostgres({ directory: join(directory, "postgres") });
    try {
      await applyMigrations(postgres.connectionString);
      const env = { DATABASE_URL: postgres.connectionString, FERRY_ADMIN_PASSWORD: password };
      const api = await listen("../../apps/api/src/main.ts", directory, env);
      const token = await tokenOf(api.url);
      const seeded = await seedServers(postgres.connectionString, servers);
      return new ApiWorld({ api, token, seeded, directory, stopDatabase: () => postgres.stop() });
    } catch (error) {
      await postgres.stop();
      throw error;
    }
  }

  /** A bare route of the same HTTP framework that answers every request with these bytes. */
  async bare(bytes: Uint8Array): Promise<Listening> {
    const path = join(this.directory, "answer");
    await using file = await open(path, "w");
    await file.writeFile(bytes);
    const bare = await listen("./bare-route.ts", this.directory, { ANSWER: path });
    this.children.push(bare.child);
    return bare;
  }

  async close(): Promise<void> {
    for (const child of this.children) await end(child);
    await this.stopDatabase();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** Ends a process by its own id. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await gone;
}

async function listen(program: string, directory: string, env: NodeJS.ProcessEnv): Promise<Listening> {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const at = `127.0.0.1:${await freePort()}`;
  const log = join(directory, `${at}.log`);
  await using file = await open(log, "a", 0o600);
  const child = spawn(process.execPath, [path], { env: { ...process.env, FERRY_LISTEN: at, ...env }, stdio: ["ignore", file.fd, file.fd] });
  const url = `http://${at}`;
  for (let waited = 0; waited < readyWithinMs; waited += 50) {
    const answers = await fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) return { url, child };
    await sleep(50);
  }
  await end(child);
  throw new Error(`${program} did not start:\n${(await readFile(log, "utf8")).slice(-4000)}`);
}

async function tokenOf(url: string): Promise<string> {
  const user = { name: "admin", domain: { id: "default" }, password };
  const scope = { project: { name: "admin", domain: { id: "default" } } };
  const auth = { identity: { methods: ["password"], password: { user } }, scope };
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${url}/identity/v3/auth/tokens`, { method: "POST", headers, body: JSON.stringify({ auth }) });
  const token = answer.headers.get("x-subject-token");
  if (token === null) throw new Error(`The API gave no token: ${answer.status} ${await answer.text()}`);
  return token;
}
