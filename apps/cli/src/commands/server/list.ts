import type { Command } from "commander";
import { listServers } from "../../api/servers.ts";
import type { Context, Run } from "../../context.ts";
import { serversTable } from "../../output/server-text.ts";
import { type ViewOptions, viewCommand } from "../view.ts";

export const serverList = (context: Context, run?: Run<ViewOptions<never>>): Command =>
  viewCommand(
    context,
    {
      name: "list",
      summary: "List the servers",
      examples: [
        ["ferry list", "all servers and the hosts they run on"],
        ["ferry list --json", "the same as the API's JSON"],
      ],
      arguments: [],
      document: "servers",
      read: listServers,
      text: serversTable,
    },
    run,
  );
