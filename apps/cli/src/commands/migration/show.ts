import type { Command } from "commander";
import { checkMigrationId, showMigration } from "../../api/migrations.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { migrationText } from "../../output/migration-text.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";

export interface MigrationShowOptions {
  /** Number or uuid. */
  readonly migration: string;
  readonly json: boolean;
}

export const runMigrationShow: Run<MigrationShowOptions> = async ({ migration: id, json }, context) => {
  const migration = await showMigration(await context.connect(), checkMigrationId(id));
  print(context, json, { migration }, () => migrationText(migration, context.now(), context.style));
  return exitCodes.ok;
};

export const migrationShow = (context: Context, run = runMigrationShow): Command =>
  leaf("show", {
    summary: "Show a migration: its record, steps and checks",
    examples: [["ferry migration show 12", "what migration 12 did and how it ended"]],
  })
    .argument("<migration>", "number or uuid of the migration")
    .action((migration: string, options: { json?: true }) => perform(run, { migration, json: options.json ?? false }, context));
