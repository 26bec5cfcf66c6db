import type { Command } from "commander";
import { removeHost } from "../../api/hosts.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { escapeControls } from "../../output/escape.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";

export interface HostRemoveOptions {
  /** Name, number or uuid. */
  readonly host: string;
  readonly json: boolean;
}

export const runHostRemove: Run<HostRemoveOptions> = async ({ host, json }, context) => {
  await removeHost(await context.connect(), host);
  print(
    context,
    json,
    { removed: host },
    () => `Removed host ${escapeControls(host)}. Its guests run on; nothing on the host was changed.`,
  );
  return exitCodes.ok;
};

export const hostRemove = (context: Context, run = runHostRemove): Command =>
  leaf("remove", {
    summary: "Forget a host and its servers; the guests run on",
    examples: [["ferry host remove compute1", "ferry no longer looks after compute1"]],
  })
    .argument("<host>", "name or id of the host")
    .action((host: string, options: { json?: true }) => perform(run, { host, json: options.json ?? false }, context));
