import type { Command } from "commander";
import type { Api } from "../../api/connect.ts";
import { findServer, type MoveOrder, migrateLive, type ServerRef } from "../../api/servers.ts";
import type { Context, Run } from "../../context.ts";
import { type Detachment, listenForDetach } from "../../watch/detach.ts";
import { watchMove } from "../../watch/watch-move.ts";
import { leaf, perform } from "../command.ts";
import { seconds } from "../seconds.ts";
import { printAccepted } from "./accepted.ts";
import { type MoveFlags, moveOrder, withMoveOptions } from "./move-options.ts";
import { runPreflight } from "./preflight.ts";

export interface LiveMigrationOptions {
  /** Name or id. */
  readonly server: string;
  readonly order: MoveOrder;
  readonly dryRun: boolean;
  /** False: return as soon as the move is accepted. */
  readonly wait: boolean;
  readonly timeoutSeconds: number | null;
  readonly json: boolean;
}

async function ask(api: Api, server: ServerRef, order: MoveOrder, detachment: Detachment): Promise<string> {
  detachment.setUnanswered(true);
  try {
    return await migrateLive(api, server, order);
  } finally {
    detachment.setUnanswered(false);
  }
}

/** Moves the server and shows it until the end; with `dryRun` only checks. Until the move is asked for, Ctrl-C ends the process as usual. */
export const runLiveMigration: Run<LiveMigrationOptions> = async (options, context) => {
  if (options.dryRun) return runPreflight(options, context);
  const { json, timeoutSeconds, order, wait } = options;
  const api = await context.connect();
  const server = await findServer(api, options.server);
  const detachment = listenForDetach(context);
  try {
    const id = await ask(api, server, order, detachment);
    if (!wait) return await printAccepted(context, api, { id, server, json });
    return await watchMove(context, api, id, { json, timeoutSeconds, serverId: server.id, signal: detachment.signal });
  } finally {
    detachment.stop();
  }
};

interface Flags extends MoveFlags {
  readonly dryRun?: true;
  readonly wait: boolean;
  readonly timeout?: number;
  readonly json?: true;
}

/** `invocation` is how the person calls it: `ferry live-migration`, or `live-migration` on its own. */
export const liveMigration = (context: Context, run = runLiveMigration, invocation = "ferry live-migration"): Command =>
  withMoveOptions(
    leaf("live-migration", {
      summary: "Move a running server to another host and show its progress",
      examples: [
        [`${invocation} --block-migrate lm001 compute2`, "move lm001 with its local disks to compute2"],
        [`${invocation} lm001`, "let ferry choose the host, and whether disks must be copied"],
        [`${invocation} --leave paused --keep-source lm001 compute2`, "it arrives paused, and compute1 keeps its old copy, off"],
        [`${invocation} --dry-run lm001`, "only show the checks"],
        [`${invocation} --no-wait lm001`, "return once it is accepted"],
        [`${invocation} --json lm001`, "one JSON object a line, the last one the result"],
      ],
    }),
  )
    .option("--dry-run", "only check: the same as ferry preflight")
    .option("--no-wait", "return once the move is accepted")
    .option("--timeout <seconds>", "stop waiting after so many seconds (exit code 11); the move goes on", seconds)
    .action((server: string, host: string | undefined, flags: Flags) =>
      perform(
        run,
        {
          server,
          order: moveOrder(host, flags),
          dryRun: flags.dryRun ?? false,
          wait: flags.wait,
          timeoutSeconds: flags.timeout ?? null,
          json: flags.json ?? false,
        },
        context,
      ),
    );
