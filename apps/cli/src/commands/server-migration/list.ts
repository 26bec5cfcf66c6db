import type { Command } from "commander";
import { listServerMigrations } from "../../api/migrations.ts";
import { findServer } from "../../api/servers.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { serverMigrationsTable } from "../../output/migration-text.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";

export interface ServerMigrationListOptions {
  /** Name or id. */
  readonly server: string;
  readonly json: boolean;
}

export const runServerMigrationList: Run<ServerMigrationListOptions> = async ({ server, json }, context) => {
  const api = await context.connect();
  const migrations = await listServerMigrations(api, await findServer(api, server));
  print(context, json, { migrations }, () => serverMigrationsTable(migrations));
  return exitCodes.ok;
};

export const serverMigrationList = (context: Context, run = runServerMigrationList): Command =>
  leaf("server-migration-list", {
    summary: "List the migrations of a server that are in progress",
    examples: [["ferry server-migration-list lm001", "the move of lm001 that runs now"]],
  })
    .argument("<server>", "name or id of the server")
    .action((server: string, options: { json?: true }) => perform(run, { server, json: options.json ?? false }, context));
