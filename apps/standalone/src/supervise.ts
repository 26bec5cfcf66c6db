import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { configurationExitStatus } from "@ferry/core";
import { showLog } from "./log-view.ts";

const wrapper = fileURLToPath(new URL("child.ts", import.meta.url));
const RESTART_AFTER_MS = 1000;
const STOP_WITHIN_MS = 10_000;

/**
 * A child process that is started again when it ends by itself, unless it says that its configuration is wrong. On a terminal its log is made readable;
 * elsewhere it is left as it is, JSON lines for other programs.
 */
export class Supervised {
  private readonly name: string;
  private readonly program: string;
  private readonly env: NodeJS.ProcessEnv;
  private readonly onMisconfigured: () => void;
  private child: ChildProcess | null = null;
  private stopping = false;

  /** `onMisconfigured` is called when the child has ended because of its configuration, which it has told; it is not started again then. */
  constructor(name: string, program: string, env: NodeJS.ProcessEnv, onMisconfigured: () => void) {
    this.name = name;
    this.program = program;
    this.env = env;
    this.onMisconfigured = onMisconfigured;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  start(): void {
    const output = process.stdout.isTTY ? "pipe" : "inherit";
    const child = spawn(process.execPath, [wrapper, this.program], { env: this.env, stdio: ["ignore", output, "inherit", "ipc"] });
    if (child.stdout !== null) showLog(child.stdout);
    this.child = child;
    child.once("exit", (code, signal) => void this.ended(code, signal));
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

  private async ended(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    if (this.stopping) return;
    if (code === configurationExitStatus) return this.onMisconfigured();
    console.error(`The ${this.name} ended with ${signal ?? `status ${code}`}; starting it again.`);
    await sleep(RESTART_AFTER_MS);
    if (!this.stopping) this.start();
  }
}
