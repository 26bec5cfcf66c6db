import type { Command } from "commander";
import { listServerMigrations } from "../../api/migrations.ts";
import { findServer } from "../../api/servers.ts";
import type { Context, Run } from "../../context.ts";
import { serverMigrationsTable } from "../../output/migration-text.ts";
import { type ViewOptions, viewCommand } from "../view.ts";

export const serverMigrationList = (context: Context, run?: Run<ViewOptions<"server">>): Command =>
  viewCommand(
    context,
    {
      name: "server-migration-list",
      summary: "List the migrations of a server that are in progress",
      examples: [["ferry server-migration-list lm001", "the move of lm001 that runs now"]],
      arguments: [["server", "name or id of the server"]],
      document: "migrations",
      read: async (api, { server }) => listServerMigrations(api, await findServer(api, server)),
      text: serverMigrationsTable,
    },
    run,
  );
