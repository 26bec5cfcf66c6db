import type { Command } from "commander";
import { listActions } from "../../api/server-actions.ts";
import type { Context, Run } from "../../context.ts";
import { actionsTable } from "../../output/action-text.ts";
import { type ViewOptions, viewCommand } from "../view.ts";
import { serverOrId } from "./server-or-id.ts";

export const instanceActionList = (context: Context, run?: Run<ViewOptions<"server">>): Command =>
  viewCommand(
    context,
    {
      name: "instance-action-list",
      summary: "List what was asked of a server, the newest first",
      examples: [["ferry instance-action-list lm001", "moves, stops, reboots and the like, with their request ids"]],
      arguments: [["server", "name or id of the server; of one that is gone its id"]],
      document: "instanceActions",
      read: async (api, { server }) => listActions(api, await serverOrId(api, server)),
      text: actionsTable,
    },
    run,
  );
