import type { Command } from "commander";
import { checkMigrationId } from "../../api/migrations.ts";
import type { Context, Run } from "../../context.ts";
import { listenForDetach } from "../../watch/detach.ts";
import { watchMove } from "../../watch/watch-move.ts";
import { leaf, perform } from "../command.ts";
import { seconds } from "../seconds.ts";

export interface MigrationWatchOptions {
  /** Number or uuid. */
  readonly migration: string;
  readonly timeoutSeconds: number | null;
  readonly json: boolean;
}

/** Its exit code is that of the move, as if it had been started here. */
export const runMigrationWatch: Run<MigrationWatchOptions> = async ({ migration, timeoutSeconds, json }, context) => {
  const id = checkMigrationId(migration);
  const api = await context.connect();
  const detachment = listenForDetach(context);
  try {
    return await watchMove(context, api, id, { json, timeoutSeconds, serverId: null, signal: detachment.signal });
  } finally {
    detachment.stop();
  }
};

export const migrationWatch = (context: Context, run = runMigrationWatch): Command =>
  leaf("watch", {
    summary: "Show a migration until it ends",
    examples: [
      ["ferry migration watch 12", "its phases, steps, memory and disks, live"],
      ["ferry migration watch --json 12", "one JSON object a line"],
    ],
  })
    .argument("<migration>", "number or uuid of the migration")
    .option("--timeout <seconds>", "stop waiting after so many seconds (exit code 11); the move goes on", seconds)
    .action((migration: string, { timeout, json }: { timeout?: number; json?: true }) =>
      perform(run, { migration, timeoutSeconds: timeout ?? null, json: json ?? false }, context),
    );
