import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { closeSync, openSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a finished command left: exit code (128 + signal number is not used: a signal gives code null) and its output as text. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that could not be started, exceeded its deadline, or ended with another code than 0. */
export class CommandError extends Error {
  readonly argv: readonly string[];
  readonly result: CommandResult;

  constructor(argv: readonly string[], result: CommandResult, reason: string) {
    const output = (result.stderr.trim() || result.stdout.trim()).slice(-2000);
    super(`Command failed: ${argv.join(" ")}: ${reason}${output === "" ? "" : `: ${output}`}`);
    this.name = "CommandError";
    this.argv = argv;
    this.result = result;
  }
}

/** How to run a command. `input` becomes its standard input, which it may also open as /dev/stdin; without it standard input is empty. */
export interface RunOptions {
  readonly input?: string;
  /** Milliseconds until the command is killed. Default 60 000. */
  readonly timeoutMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

const DEFAULT_TIMEOUT_MS = 60_000;

/** Runs a command to its end and returns whatever code it ended with. No shell is involved. @throws CommandError on spawn failure or deadline. */
export function tryRun(argv: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  return new Promise((resolve, reject) => {
    const child = start(argv, options);
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const collected = (code: number | null): CommandResult => ({ code, stdout: text(out), stderr: text(err) });
    let expired = false;
    const timer = setTimeout(() => {
      expired = true;
      child.kill("SIGKILL");
    }, timeoutMs);
    child.stdout?.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => err.push(chunk));
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(new CommandError(argv, collected(null), error.message));
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      if (expired) reject(new CommandError(argv, collected(code), `no end within ${timeoutMs} ms`));
      else resolve(collected(code));
    });
  });
}

/** Like {@link tryRun}, but any code other than 0 is an error. Returns standard output. @throws CommandError */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const result = await tryRun(argv, options);
  if (result.code !== 0) throw new CommandError(argv, result, `exit code ${result.code ?? "none (killed)"}`);
  return result.stdout;
}

function start(argv: readonly string[], options: RunOptions): ChildProcess {
  const [program = "", ...args] = argv;
  const stdin = options.input === undefined ? "ignore" : unnamedFile(options.input);
  try {
    return spawn(program, args, {
      stdio: [stdin, "pipe", "pipe"],
      env: { ...process.env, LC_ALL: "C", ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
  } finally {
    if (typeof stdin === "number") closeSync(stdin);
  }
}

/** A descriptor of a file without a name that holds `content`, positioned at its start. Node's pipes are sockets, which nobody can open as /dev/stdin. */
function unnamedFile(content: string): number {
  const path = join(tmpdir(), `ferry-lab-input-${randomUUID()}`);
  const descriptor = openSync(path, "wx+", 0o600);
  unlinkSync(path);
  writeSync(descriptor, content, 0);
  return descriptor;
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString("utf8");
}
