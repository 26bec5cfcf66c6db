import type { Command } from "commander";
import { findServer, showServer } from "../../api/servers.ts";
import type { Context, Run } from "../../context.ts";
import { serverFields } from "../../output/server-text.ts";
import { type ViewOptions, viewCommand } from "../view.ts";

export const serverShow = (context: Context, run?: Run<ViewOptions<"server">>): Command =>
  viewCommand(
    context,
    {
      name: "show",
      summary: "Show one server",
      examples: [["ferry show lm001", "where it runs, its state and size"]],
      arguments: [["server", "name or id of the server"]],
      document: "server",
      read: async (api, { server }) => showServer(api, (await findServer(api, server)).id),
      text: serverFields,
    },
    run,
  );
