import type { Command } from "commander";
import { checkMigrationId, showMigration } from "../../api/migrations.ts";
import type { Context, Run } from "../../context.ts";
import { migrationText } from "../../output/migration-text.ts";
import { type ViewOptions, viewCommand } from "../view.ts";

export const migrationShow = (context: Context, run?: Run<ViewOptions<"migration">>): Command =>
  viewCommand(
    context,
    {
      name: "show",
      summary: "Show a migration: its record, steps and checks",
      examples: [["ferry migration show 12", "what migration 12 did and how it ended"]],
      arguments: [["migration", "number or uuid of the migration"]],
      document: "migration",
      read: async (api, { migration }) => showMigration(api, checkMigrationId(migration)),
      text: (migration, { now, style }) => migrationText(migration, now(), style),
    },
    run,
  );
