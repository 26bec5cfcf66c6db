import type { Command } from "commander";
import { listServers } from "../../api/servers.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { print } from "../../output/print.ts";
import { serversTable } from "../../output/server-text.ts";
import { leaf, perform } from "../command.ts";

export interface ServerListOptions {
  readonly json: boolean;
}

export const runServerList: Run<ServerListOptions> = async ({ json }, context) => {
  const servers = await listServers(await context.connect());
  print(context, json, { servers }, () => serversTable(servers));
  return exitCodes.ok;
};

export const serverList = (context: Context, run = runServerList): Command =>
  leaf("list", {
    summary: "List the servers",
    examples: [
      ["ferry list", "all servers and the hosts they run on"],
      ["ferry list --json", "the same as the API's JSON"],
    ],
  }).action((options: { json?: true }) => perform(run, { json: options.json ?? false }, context));
