import { isUuid, SECOND } from "@ferry/core";
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
import { followMove, type MoveSource } from "./follow.ts";

export interface WatchOptions {
  readonly json: boolean;
  /** How long to wait for the end; null waits as long as it takes. */
  readonly timeoutSeconds: number | null;
  /** The server that moves, if it is known before the record is seen. */
  readonly serverId: string | null;
  /** Detaches from the move, which goes on. */
  readonly signal: AbortSignal;
}

/** Why the command ends before the move: the move goes on, and this is how to watch it again or to abort it. */
function stillRunning(uuid: string, latest: MigrationRecord | null, options: WatchOptions): CliError {
  const { timeoutSeconds, signal } = options;
  const id = latest?.number ?? uuid;
  const server = latest?.server_id ?? options.serverId;
  const goesOn = `migration ${id}${latest === null ? "" : ` of server ${latest.server_name}`} goes on.`;
  const abort = server === null ? "" : ` To abort it: ferry live-migration-abort ${server} ${id}`;
  const remedy = `To watch it again: ferry migration watch ${id}.${abort}`;
  if (signal.aborted) return new CliError("DETACHED", `No longer watching: ${goesOn}`, { exitCode: exitCodes.cancelled, remedy });
  return new CliError("TIMED_OUT", `Not finished after ${timeoutSeconds} s: ${goesOn}`, { exitCode: exitCodes.timedOut, remedy });
}

const contactText = (reachable: boolean): string =>
  reachable ? "Ferry answers again." : "Ferry does not answer at the moment; the move goes on, asking again.";

interface Followed {
  readonly final: MoveView | null;
  /** The last record that was seen; null when ferry never answered. */
  readonly latest: MigrationRecord | null;
}

async function follow(context: Context, source: MoveSource, json: boolean, signal: AbortSignal): Promise<Followed> {
  const reporter = makeReporter(context.io, context.style, json, context.now);
  let final: MoveView | null = null;
  let latest: MigrationRecord | null = null;
  try {
    final = await followMove(source, {
      onView(view) {
        latest = view.migration;
        reporter.show(view);
      },
      onContact: (reachable) => writeLine(context.io.stderr, contactText(reachable)),
      debug: context.debug,
      signal,
      now: context.now,
    });
    return { final, latest };
  } finally {
    reporter.end(final);
  }
}

/** Shows the move (by uuid or number) until it ends. Throws DETACHED or TIMED_OUT when it goes on without being watched. */
export async function watchMove(context: Context, api: Api, id: string, options: WatchOptions): Promise<ExitCode> {
  const { json, timeoutSeconds, signal } = options;
  const uuid = isUuid(id) ? id : (await showMigration(api, id)).id;
  const timeout = timeoutSeconds === null ? [] : [AbortSignal.timeout(timeoutSeconds * SECOND)];
  const { final, latest } = await follow(context, moveSource(api, uuid), json, AbortSignal.any([signal, ...timeout]));
  if (final !== null) return exitCodeOfMove(final.migration);
  throw stillRunning(uuid, latest, options);
}
