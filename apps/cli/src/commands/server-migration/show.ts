import type { Command } from "commander";
import { migrationNumber, showServerMigration } from "../../api/migrations.ts";
import { findServer } from "../../api/servers.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { serverMigrationFields } from "../../output/migration-text.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";

export interface ServerMigrationShowOptions {
  /** Name or id. */
  readonly server: string;
  /** Number or uuid. */
  readonly migration: string;
  readonly json: boolean;
}

export const runServerMigrationShow: Run<ServerMigrationShowOptions> = async ({ server: text, migration: id, json }, context) => {
  const api = await context.connect();
  const server = await findServer(api, text);
  const migration = await showServerMigration(api, server, await migrationNumber(api, server, id));
  print(context, json, { migration }, () => serverMigrationFields(migration));
  return exitCodes.ok;
};

export const serverMigrationShow = (context: Context, run = runServerMigrationShow): Command =>
  leaf("server-migration-show", {
    summary: "Show a migration of a server that is in progress",
    examples: [["ferry server-migration-show lm001 12", "how far migration 12 of lm001 is"]],
  })
    .argument("<server>", "name or id of the server")
    .argument("<migration>", "number or uuid of the migration")
    .action((server: string, migration: string, options: { json?: true }) =>
      perform(run, { server, migration, json: options.json ?? false }, context),
    );
