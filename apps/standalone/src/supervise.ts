import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const wrapper = fileURLToPath(new URL("child.ts", import.meta.url));
const RESTART_AFTER_MS = 1000;
const STOP_WITHIN_MS = 10_000;

/** A child process that is started again when it ends by itself. */
export class Supervised {
  private readonly name: string;
  private readonly program: string;
  private readonly env: NodeJS.ProcessEnv;
  private child: ChildProcess | null = null;
  private stopping = false;

  constructor(name: string, program: string, env: NodeJS.ProcessEnv) {
    this.name = name;
    this.program = program;
    this.env = env;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  start(): void {
    const child = spawn(process.execPath, [wrapper, this.program], { env: this.env, stdio: ["ignore", "inherit", "inherit", "ipc"] });
    this.child = child;
    child.once("exit", (code, signal) => void this.ended(signal ?? `status ${code}`));
  }

  /** Asks it to end; kills it when it does not within 10 s. */
  async stop(): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  }

  private async ended(how: string): Promise<void> {
    if (this.stopping) return;
    console.error(`The ${this.name} ended with ${how}; starting it again.`);
    await sleep(RESTART_AFTER_MS);
    if (!this.stopping) this.start();
  }
}
