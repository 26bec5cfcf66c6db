import type { Command } from "commander";
import { showHost } from "../../api/hosts.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { hostFields } from "../../output/host-text.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";

export interface HostShowOptions {
  /** Name, number or uuid. */
  readonly host: string;
  readonly json: boolean;
}

export const runHostShow: Run<HostShowOptions> = async ({ host: text, json }, context) => {
  const host = await showHost(await context.connect(), text);
  print(context, json, { host }, () => hostFields(host));
  return exitCodes.ok;
};

export const hostShow = (context: Context, run = runHostShow): Command =>
  leaf("show", { summary: "Show one host", examples: [["ferry host show compute1", "its hypervisor, capacity, pools and networks"]] })
    .argument("<host>", "name or id of the host")
    .action((host: string, options: { json?: true }) => perform(run, { host, json: options.json ?? false }, context));
