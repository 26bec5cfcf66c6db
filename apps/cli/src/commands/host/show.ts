import type { Command } from "commander";
import { showHost } from "../../api/hosts.ts";
import type { Context, Run } from "../../context.ts";
import { hostFields } from "../../output/host-text.ts";
import { type ViewOptions, viewCommand } from "../view.ts";

export const hostShow = (context: Context, run?: Run<ViewOptions<"host">>): Command =>
  viewCommand(
    context,
    {
      name: "show",
      summary: "Show one host",
      examples: [["ferry host show compute1", "its hypervisor, capacity, pools and networks"]],
      arguments: [["host", "name or id of the host"]],
      document: "host",
      read: (api, { host }) => showHost(api, host),
      text: hostFields,
    },
    run,
  );
