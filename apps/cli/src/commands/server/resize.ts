import type { Command } from "commander";
import { findFlavor } from "../../api/flavors.ts";
import { resizeServer } from "../../api/migrate.ts";
import { findServer } from "../../api/servers.ts";
import type { Context, Run } from "../../context.ts";
import { listenForDetach } from "../../watch/detach.ts";
import { watchMove } from "../../watch/watch-move.ts";
import { leaf, perform } from "../command.ts";
import { seconds } from "../seconds.ts";
import { printAccepted } from "./accepted.ts";

export interface ResizeOptions {
  /** Name or id. */
  readonly server: string;
  /** Name or id. */
  readonly flavor: string;
  /** False: return as soon as it is accepted. */
  readonly wait: boolean;
  readonly timeoutSeconds: number | null;
  readonly json: boolean;
}

/** Moves the server cold to a host where it gets the flavor's size; it then waits to be confirmed or taken back. */
export const runResize: Run<ResizeOptions> = async ({ json, timeoutSeconds, wait, ...named }, context) => {
  const api = await context.connect();
  const [server, flavor] = [await findServer(api, named.server), await findFlavor(api, named.flavor)];
  const detachment = listenForDetach(context);
  try {
    detachment.setUnanswered(true);
    const id = await resizeServer(api, server, flavor).finally(() => detachment.setUnanswered(false));
    if (wait) return await watchMove(context, api, id, { json, timeoutSeconds, serverId: server.id, signal: detachment.signal });
    return await printAccepted(context, api, { id, server, json });
  } finally {
    detachment.stop();
  }
};

interface Flags {
  readonly wait: boolean;
  readonly timeout?: number;
  readonly json?: true;
}

export const serverResize = (context: Context, run = runResize): Command =>
  leaf("resize", {
    summary: "Move a server cold to a host where it gets the size of another flavor, and show its progress",
    examples: [
      ["ferry resize lm001 m1.large", "shut lm001 down, copy its disks, start it elsewhere with more memory, processors and disk"],
      ["ferry resize-confirm lm001", "then delete what the source has kept, or ferry resize-revert lm001 for the old size"],
    ],
  })
    .argument("<server>", "name or id of the server")
    .argument("<flavor>", "name or id of the flavor; its disk may not be smaller than the server's")
    .option("--no-wait", "return once it is accepted")
    .option("--timeout <seconds>", "stop waiting after so many seconds (exit code 11); it goes on", seconds)
    .action((server: string, flavor: string, flags: Flags) =>
      perform(run, { server, flavor, wait: flags.wait, timeoutSeconds: flags.timeout ?? null, json: flags.json ?? false }, context),
    );
