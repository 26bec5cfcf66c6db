import type { Command } from "commander";
import { findServer, showServer } from "../../api/servers.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { print } from "../../output/print.ts";
import { serverFields } from "../../output/server-text.ts";
import { leaf, perform } from "../command.ts";

export interface ServerShowOptions {
  /** Name or id. */
  readonly server: string;
  readonly json: boolean;
}

export const runServerShow: Run<ServerShowOptions> = async ({ server: text, json }, context) => {
  const api = await context.connect();
  const server = await showServer(api, (await findServer(api, text)).id);
  print(context, json, { server }, () => serverFields(server));
  return exitCodes.ok;
};

export const serverShow = (context: Context, run = runServerShow): Command =>
  leaf("show", { summary: "Show one server", examples: [["ferry show lm001", "where it runs, its state and size"]] })
    .argument("<server>", "name or id of the server")
    .action((server: string, options: { json?: true }) => perform(run, { server, json: options.json ?? false }, context));
