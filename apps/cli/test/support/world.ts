import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { type ExitCode, runFerry, runLiveMigrationProgram, type World } from "@ferry/cli";
import { onTestFinished } from "vitest";

/** A stream that keeps what was written; with `columns` it is a terminal. */
class Captured {
  text = "";
  readonly isTTY: boolean;
  readonly columns: number;
  readonly rows: number;

  constructor(terminal: boolean, [columns, rows]: readonly [number, number]) {
    this.isTTY = terminal;
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string, callback?: () => void): boolean {
    this.text += text;
    callback?.();
    return true;
  }

  get lines(): string[] {
    return this.text.split("\n").filter((line) => line !== "");
  }
}

export interface WorldOptions {
  readonly url?: string;
  readonly env?: Record<string, string>;
  readonly terminal?: boolean;
  /** Columns and rows that the terminal says it has. */
  readonly size?: readonly [number, number];
  /** Answers to questions, one line each, then the end of the input; `pending` is a person who does not answer. */
  readonly answers?: readonly string[] | "pending";
}

/** A world without a process: streams that are kept, Ctrl-C by a call, and a home that goes with the test. */
export interface TestWorld extends World {
  readonly out: Captured;
  readonly err: Captured;
  readonly home: string;
  interrupt(): void;
  readonly exits: ExitCode[];
  ferry(...args: string[]): Promise<ExitCode>;
  liveMigration(...args: string[]): Promise<ExitCode>;
}

const accountOf = (url: string | undefined): Record<string, string> =>
  url === undefined ? {} : { OS_AUTH_URL: `${url}/identity/v3`, OS_USERNAME: "admin", OS_PASSWORD: "secret", OS_PROJECT_NAME: "admin" };

export function makeWorld({ url, env = {}, terminal = false, size = [100, 40], answers }: WorldOptions = {}): TestWorld {
  const home = mkdtempSync(join(tmpdir(), "ferry-cli-test-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const out = new Captured(terminal, size);
  const err = new Captured(terminal, size);
  const stdin = Object.assign(new PassThrough(), { isTTY: answers !== undefined });
  if (Array.isArray(answers)) stdin.end(answers.map((line) => `${line}\n`).join(""));
  const listeners = new Set<() => void>();
  const exits: ExitCode[] = [];
  const world: TestWorld = {
    io: { stdin, stdout: out, stderr: err },
    env: { FERRY_HOME: home, ...accountOf(url), ...env },
    interrupts: {
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    now: Date.now,
    exitNow: (code) => void exits.push(code),
    out,
    err,
    home,
    interrupt: () => {
      for (const listener of listeners) listener();
    },
    exits,
    ferry: (...args) => runFerry(args, world),
    liveMigration: (...args) => runLiveMigrationProgram(args, world),
  };
  return world;
}
