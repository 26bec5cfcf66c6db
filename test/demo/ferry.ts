import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Lab, LabHost } from "../lab/index.ts";

const standalone = fileURLToPath(new URL("../../apps/standalone/src/main.ts", import.meta.url));
const ferryCommand = fileURLToPath(new URL("../../apps/cli/bin/ferry.js", import.meta.url));

const LISTEN = process.env["FERRY_LISTEN"] ?? "127.0.0.1:8774";
const START_WITHIN_MS = 90_000;

/** The ferry of the demo: a process of its own, with its state in a directory below the temporary one. */
export interface DemoFerry {
  readonly home: string;
  readonly url: string;
  /** Runs the command line tool with this terminal; throws when it fails. */
  cli(args: readonly string[]): Promise<void>;
  /** Runs it with `--json` and parses what it prints. */
  json(args: readonly string[]): Promise<unknown>;
  addHost(host: LabHost): Promise<void>;
  /** The newest migration of that server, as ferry shows it. */
  lastMigration(server: string): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** Starts ferry, or takes the one that an earlier run with `--keep` left running. */
export async function startDemoFerry(lab: Lab, say: (line: string) => void): Promise<DemoFerry> {
  const home = join(tmpdir(), "ferry-demo");
  const env = {
    ...process.env,
    FERRY_HOME: join(home, "home"),
    FERRY_STATE_DIR: join(home, "state"),
    FERRY_LISTEN: LISTEN,
    FERRY_SSH_KEY: lab.privateKeyPath,
  };
  const pidFile = join(home, "pid");
  if (!(await isHealthy())) await launch(home, pidFile, env);
  say(`It answers at http://${LISTEN}; its log is ${join(home, "ferry.log")}`);
  const ferry: DemoFerry = {
    home,
    url: `http://${LISTEN}`,
    cli: (args) => runCli(args, env),
    json: async (args) => JSON.parse(await captureCli([...args, "--json"], env)),
    addHost: (host) => addHost(host, ferry),
    lastMigration: (server) => lastMigration(server, ferry),
    stop: () => stop(home, pidFile),
  };
  return ferry;
}

async function launch(home: string, pidFile: string, env: NodeJS.ProcessEnv): Promise<void> {
  await rm(pidFile, { force: true });
  await mkdir(home, { recursive: true });
  await chmod(home, 0o755);
  const log = await open(join(home, "ferry.log"), "w", 0o600);
  const child = spawn(process.execPath, [standalone], { env, detached: true, stdio: ["ignore", log.fd, log.fd] });
  await log.close();
  await writeFile(pidFile, String(child.pid));
  await untilReady(child, join(home, "ferry.log"));
  child.unref();
}

async function untilReady(child: ChildProcess, log: string): Promise<void> {
  for (let waited = 0; waited < START_WITHIN_MS; waited += 100) {
    if ((await readFile(log, "utf8")).includes("ferry is ready at")) return;
    if (child.exitCode !== null) break;
    await sleep(100);
  }
  throw new Error(
    `Cannot start ferry for the demo; the end of ${log}:\n${(await readFile(log, "utf8")).split("\n").slice(-20).join("\n")}`,
  );
}

const isHealthy = (): Promise<boolean> =>
  fetch(`http://${LISTEN}/healthz`).then(
    (response) => response.ok,
    () => false,
  );

function runCli(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [ferryCommand, ...args], { env, stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`ferry ${args.join(" ")} ended with status ${code}.`))));
  });
}

async function captureCli(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, [ferryCommand, ...args], { env, stdio: ["ignore", "pipe", "inherit"] });
  const [text, code] = await Promise.all([
    child.stdout.setEncoding("utf8").toArray(),
    new Promise<number | null>((resolve) => child.once("exit", resolve)),
  ]);
  if (code !== 0) throw new Error(`ferry ${args.join(" ")} ended with status ${code}.`);
  return text.join("");
}

async function addHost(host: LabHost, ferry: DemoFerry): Promise<void> {
  const known = (await ferry.json(["host", "list"])) as { name: string }[] | { hosts: { name: string }[] };
  const names = (Array.isArray(known) ? known : known.hosts).map(({ name }) => name);
  if (names.includes(host.name)) return;
  await ferry.cli([
    "host",
    "add",
    host.address,
    "--port",
    String(host.sshPort),
    "--name",
    host.name,
    "--fingerprint",
    host.hostKeyFingerprint,
  ]);
}

async function lastMigration(server: string, ferry: DemoFerry): Promise<Record<string, unknown>> {
  const listed = (await ferry.json(["migration", "list"])) as Record<string, unknown>[] | { migrations: Record<string, unknown>[] };
  const migrations = Array.isArray(listed) ? listed : listed.migrations;
  const newest = migrations.toSorted((one, other) => Number(other["id"]) - Number(one["id"]))[0];
  if (!newest) throw new Error(`ferry shows no migration of ${server}.`);
  const shown = (await ferry.json(["migration", "show", String(newest["id"])])) as Record<string, unknown>;
  return (shown["migration"] as Record<string, unknown>) ?? shown;
}

async function stop(home: string, pidFile: string): Promise<void> {
  const pid = Number(await readFile(pidFile, "utf8"));
  process.kill(pid, "SIGTERM");
  while (isAlive(pid)) await sleep(50);
  await rm(home, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}
