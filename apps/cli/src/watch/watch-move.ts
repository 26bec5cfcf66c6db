import { SECOND } from "@ferry/core";
import type { Api } from "../api/connect.ts";
import { type MigrationRecord, showMigration } from "../api/migrations.ts";
import { moveSource } from "../api/move-source.ts";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { writeLine } from "../io.ts";
import type { MoveView } from "../progress/move-view.ts";
import { makeReporter } from "../progress/reporter.ts";
import { exitCodeOfMove } from "../progress/summary.ts";
import { followMove } from "./follow.ts";

export interface WatchOptions {
  readonly json: boolean;
  /** How long to wait for the end; null waits as long as it takes. */
  readonly timeoutSeconds: number | null;
  /** Detaches from the move, which goes on. */
  readonly signal: AbortSignal;
}

const abortCommand = ({ server_id, number }: MigrationRecord): string => `ferry live-migration-abort ${server_id} ${number}`;

/** Why the command ends before the move: the move goes on, and this is how to abort it. */
function stillRunning(migration: MigrationRecord, timeoutSeconds: number | null): CliError {
  const remedy = `To watch it again: ferry migration watch ${migration.number}. To abort it: ${abortCommand(migration)}`;
  const goesOn = `migration ${migration.number} of server ${migration.server_name} goes on.`;
  return timeoutSeconds === null
    ? new CliError("DETACHED", `No longer watching: ${goesOn}`, { exitCode: exitCodes.cancelled, remedy })
    : new CliError("TIMED_OUT", `Not finished after ${timeoutSeconds} s: ${goesOn}`, { exitCode: exitCodes.timedOut, remedy });
}

const contactText = (reachable: boolean): string =>
  reachable ? "Ferry answers again." : "Ferry does not answer at the moment; the move goes on, asking again.";

async function follow(context: Context, api: Api, uuid: string, options: WatchOptions, signal: AbortSignal): Promise<MoveView | null> {
  const reporter = makeReporter(context.io, context.style, options.json, context.now);
  let final: MoveView | null = null;
  try {
    final = await followMove(moveSource(api, uuid), {
      onView: reporter.show,
      onContact: (reachable) => writeLine(context.io.stderr, contactText(reachable)),
      debug: context.debug,
      signal,
      now: context.now,
    });
    return final;
  } finally {
    reporter.end(final);
  }
}

/** Shows the move until it ends. Throws DETACHED or TIMED_OUT when it goes on without being watched. */
export async function watchMove(context: Context, api: Api, id: string, options: WatchOptions): Promise<ExitCode> {
  const { timeoutSeconds, signal } = options;
  const migration = await showMigration(api, id);
  const timeout = timeoutSeconds === null ? null : AbortSignal.timeout(timeoutSeconds * SECOND);
  const ended = await follow(context, api, migration.id, options, timeout === null ? signal : AbortSignal.any([signal, timeout]));
  if (ended !== null) return exitCodeOfMove(ended.migration);
  throw stillRunning(migration, signal.aborted ? null : timeoutSeconds);
}
