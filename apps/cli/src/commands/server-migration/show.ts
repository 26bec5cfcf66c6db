import type { Command } from "commander";
import { migrationNumber, showServerMigration } from "../../api/migrations.ts";
import { findServer } from "../../api/servers.ts";
import type { Context, Run } from "../../context.ts";
import { serverMigrationFields } from "../../output/migration-text.ts";
import { type ViewOptions, viewCommand } from "../view.ts";

export const serverMigrationShow = (context: Context, run?: Run<ViewOptions<"server" | "migration">>): Command =>
  viewCommand(
    context,
    {
      name: "server-migration-show",
      summary: "Show a migration of a server that is in progress",
      examples: [["ferry server-migration-show lm001 12", "how far migration 12 of lm001 is"]],
      arguments: [
        ["server", "name or id of the server"],
        ["migration", "number or uuid of the migration"],
      ],
      document: "migration",
      read: async (api, { server: text, migration }) => {
        const server = await findServer(api, text);
        return showServerMigration(api, server, await migrationNumber(api, server, migration));
      },
      text: serverMigrationFields,
    },
    run,
  );
