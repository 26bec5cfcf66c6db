import type { ClientChannel } from "ssh2";
import { withDeadline } from "./deadline.ts";
import { SshDeadlineError } from "./ssh-errors.ts";

/** How to run a command. */
export interface ExecOptions {
  /** Default 30 000 ms; then the call rejects, and the host kills the command within two seconds. */
  readonly deadlineMs?: number;
  /** Standard input. Default none. */
  readonly input?: string | Buffer;
  /** Bytes kept of each output. Default 1 MiB; the rest is read and dropped. */
  readonly maxOutputBytes?: number;
  /** Stops waiting; the command itself may run on until the deadline. */
  readonly signal?: AbortSignal;
}

/** How a command ended. */
export interface CommandResult {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null;
  /** Name of that signal, without `SIG`. */
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** One of the outputs was longer than `maxOutputBytes`. */
  readonly truncated: boolean;
}

const DEFAULT_DEADLINE_MS = 30_000;

/**
 * The command under coreutils' `timeout`, which kills it on the host a second after the deadline. sshd lets a command run on when its
 * channel is closed, and so it would after the loss of the connection: without this a hung command would stay for ever.
 */
export function boundedCommand(argv: readonly string[], { deadlineMs = DEFAULT_DEADLINE_MS }: ExecOptions): string[] {
  return ["timeout", "--signal=KILL", `${Math.ceil(deadlineMs / 1_000) + 1}`, ...argv];
}

/** Waits for the end of a command and collects its output. */
export async function collectCommand(channel: ClientChannel, name: string, options: ExecOptions): Promise<CommandResult> {
  const { deadlineMs = DEFAULT_DEADLINE_MS, maxOutputBytes = 1024 * 1024, signal } = options;
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => {
    channel.destroy();
    aborted.reject(signal?.reason);
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const ended = Promise.race([collect(channel, options.input, maxOutputBytes), aborted.promise]);
    return await withDeadline(ended, deadlineMs, () => {
      channel.destroy();
      return new SshDeadlineError(`The command ${name} did not end within ${deadlineMs} ms: it is killed on the host`);
    });
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

function collect(channel: ClientChannel, input: string | Buffer | undefined, maxBytes: number): Promise<CommandResult> {
  const stdout = new Head(maxBytes);
  const stderr = new Head(maxBytes);
  channel.on("data", (chunk: Buffer) => stdout.add(chunk));
  channel.stderr.on("data", (chunk: Buffer) => stderr.add(chunk));
  channel.end(input ?? "");
  return new Promise((resolve, reject) => {
    channel.on("error", reject);
    channel.on("close", (code: number | null | undefined, signal: string | null | undefined) => {
      const truncated = stdout.truncated || stderr.truncated;
      resolve({ code: code ?? null, signal: signal ?? null, stdout: stdout.text(), stderr: stderr.text(), truncated });
    });
  });
}

/** Keeps the first bytes of an output. */
class Head {
  readonly #max: number;
  readonly #chunks: Buffer[] = [];
  #length = 0;
  truncated = false;

  constructor(max: number) {
    this.#max = max;
  }

  add(chunk: Buffer): void {
    const kept = chunk.subarray(0, this.#max - this.#length);
    if (kept.length < chunk.length) this.truncated = true;
    this.#chunks.push(kept);
    this.#length += kept.length;
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString("utf8");
  }
}
