import { type Command, CommanderError } from "commander";
import { type Api, connect } from "./api/connect.ts";
import { usageError } from "./cli-error.ts";
import type { Context } from "./context.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { type Interrupts, processInterrupts } from "./interrupts.ts";
import { type Io, isTerminal, writeLine } from "./io.ts";
import { escapeControls } from "./output/escape.ts";
import { reportError } from "./output/report-error.ts";
import { makeStyle } from "./output/style.ts";
import { ferryProgram, invocationOf, liveMigrationProgram } from "./program.ts";
import type { Environment } from "./session/credentials.ts";

/** The world around a run; tests bring their own. */
export interface World {
  readonly io: Io;
  readonly env: Environment;
  readonly interrupts: Interrupts;
  readonly now: () => number;
  readonly exitNow: (code: ExitCode) => void;
}

const processWorld: World = {
  io: { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
  env: process.env,
  interrupts: processInterrupts,
  now: Date.now,
  exitNow: (code) => process.exit(code),
};

const debugging = ({ env }: World): boolean => env.FERRY_DEBUG === "1";
const wantsColours = ({ env, io }: World): boolean => isTerminal(io.stdout) && !env.NO_COLOR && env.TERM !== "dumb";

function makeContext(world: World, finish: (code: ExitCode) => void): Context {
  const { io, env, now } = world;
  const debug = (text: string): void => {
    if (debugging(world)) writeLine(io.stderr, `debug: ${escapeControls(text)}`);
  };
  let api: Promise<Api> | null = null;
  return {
    ...world,
    style: makeStyle(wantsColours(world)),
    debug,
    finish,
    connect() {
      api ??= connect(env, now, debug);
      return api;
    },
  };
}

/** Help and version are no errors; everything else that commander throws is wrong usage. */
function translate(error: unknown, program: Command): unknown {
  if (!(error instanceof CommanderError) || error.exitCode === 0) return error;
  const sentence = error.code === "commander.help" ? "A command is missing." : error.message.replace(/^error: /, "");
  return usageError(sentence.replaceAll("\n", " "), `See ${invocationOf(error, program)} --help`);
}

async function run(makeProgram: (context: Context) => Command, args: readonly string[], world: World): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.ok;
  const program = makeProgram(makeContext(world, (code) => (exitCode = code)));
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
    return reportError(translate(error, program), { io: world.io, json: args.includes("--json"), debug: debugging(world) });
  }
}

/** Runs `ferry` with these arguments (without the program's name) and resolves with its exit code; never rejects. */
export const runFerry = (args: readonly string[], world: World = processWorld): Promise<ExitCode> => run(ferryProgram, args, world);

/** Runs `live-migration` with these arguments. */
export const runLiveMigrationProgram = (args: readonly string[], world: World = processWorld): Promise<ExitCode> =>
  run(liveMigrationProgram, args, world);
