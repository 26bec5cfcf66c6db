import type { Command } from "commander";
import { listActions } from "../../api/server-actions.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { actionsTable } from "../../output/action-text.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";
import { serverOrId } from "./server-or-id.ts";

export interface InstanceActionListOptions {
  /** Name or id; of a server that is gone its id. */
  readonly server: string;
  readonly json: boolean;
}

export const runInstanceActionList: Run<InstanceActionListOptions> = async ({ server, json }, context) => {
  const api = await context.connect();
  const instanceActions = await listActions(api, await serverOrId(api, server));
  print(context, json, { instanceActions }, () => actionsTable(instanceActions));
  return exitCodes.ok;
};

export const instanceActionList = (context: Context, run = runInstanceActionList): Command =>
  leaf("instance-action-list", {
    summary: "List what was asked of a server, the newest first",
    examples: [["ferry instance-action-list lm001", "moves, stops, reboots and the like, with their request ids"]],
  })
    .argument("<server>", "name or id of the server; of one that is gone its id")
    .action((server: string, options: { json?: true }) => perform(run, { server, json: options.json ?? false }, context));
