import type { Command } from "commander";
import { listHosts } from "../../api/hosts.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { hostsTable } from "../../output/host-text.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";

export interface HostListOptions {
  readonly json: boolean;
}

export const runHostList: Run<HostListOptions> = async ({ json }, context) => {
  const hosts = await listHosts(await context.connect());
  print(context, json, { hosts }, () => hostsTable(hosts));
  return exitCodes.ok;
};

export const hostList = (context: Context, run = runHostList): Command =>
  leaf("list", { summary: "List the hosts", examples: [["ferry host list", "all hosts, their state and free memory"]] }).action(
    (options: { json?: true }) => perform(run, { json: options.json ?? false }, context),
  );
