import type { Command } from "commander";
import { listHosts } from "../../api/hosts.ts";
import type { Context, Run } from "../../context.ts";
import { hostsTable } from "../../output/host-text.ts";
import { type ViewOptions, viewCommand } from "../view.ts";

export const hostList = (context: Context, run?: Run<ViewOptions<never>>): Command =>
  viewCommand(
    context,
    {
      name: "list",
      summary: "List the hosts",
      examples: [["ferry host list", "all hosts, their state and free memory"]],
      arguments: [],
      document: "hosts",
      read: listHosts,
      text: hostsTable,
    },
    run,
  );
