import type { Command } from "commander";
import { abortMigration, migrationNumber } from "../../api/migrations.ts";
import { findServer } from "../../api/servers.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { escapeControls } from "../../output/escape.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";

export interface LiveMigrationAbortOptions {
  /** Name or id. */
  readonly server: string;
  /** Number or uuid. */
  readonly migration: string;
  readonly json: boolean;
}

export const runLiveMigrationAbort: Run<LiveMigrationAbortOptions> = async ({ server: text, migration, json }, context) => {
  const api = await context.connect();
  const server = await findServer(api, text);
  const number = await migrationNumber(api, server, migration);
  await abortMigration(api, server, number);
  const sentence = `Abort of migration ${number} of ${escapeControls(server.name)} is on its way. See how it ends: ferry migration watch ${number}`;
  print(context, json, { migration: Number(number), server_id: server.id, abort: "requested" }, () => sentence);
  return exitCodes.ok;
};

export const liveMigrationAbort = (context: Context, run = runLiveMigrationAbort): Command =>
  leaf("live-migration-abort", {
    summary: "Abort a move; the server runs on at its source",
    examples: [["ferry live-migration-abort lm001 12", "abort migration 12 of lm001"]],
  })
    .argument("<server>", "name or id of the server")
    .argument("<migration>", "number or uuid of the migration")
    .action((server: string, migration: string, options: { json?: true }) =>
      perform(run, { server, migration, json: options.json ?? false }, context),
    );
