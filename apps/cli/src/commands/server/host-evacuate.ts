import type { Command } from "commander";
import { evacuate, serversOfHost } from "../../api/evacuate.ts";
import type { Context, Run } from "../../context.ts";
import { leaf, perform } from "../command.ts";
import { seconds } from "../seconds.ts";
import { actOnEach, type Deed } from "../server-action/act-on-each.ts";

export interface HostEvacuateOptions {
  /** Name of the dead host. */
  readonly host: string;
  /** Null: ferry chooses one for each server. */
  readonly targetHost: string | null;
  readonly wait: boolean;
  readonly timeoutSeconds: number | null;
  readonly json: boolean;
}

/** Takes every server away from a dead host. One that cannot go does not stop the others. */
export const runHostEvacuate: Run<HostEvacuateOptions> = async ({ host, targetHost, wait, timeoutSeconds, json }, context) => {
  const servers = await serversOfHost(await context.connect(), host);
  const deed: Deed = {
    action: "evacuate",
    immediate: false,
    ask: async (api, server) => (await evacuate(api, server, { host: targetHost })).requestId,
  };
  return await actOnEach(deed, { servers: servers.map(({ id }) => id), wait, timeoutSeconds, json }, context);
};

interface Flags {
  readonly targetHost?: string;
  readonly wait?: true;
  readonly timeout?: number;
  readonly json?: true;
}

export const hostEvacuate = (context: Context, run = runHostEvacuate): Command =>
  leaf("host-evacuate", {
    summary: "Evacuate all servers of a dead host",
    examples: [["ferry host-evacuate --wait compute1", "after ferry host fence compute1; until each server is on its new host"]],
  })
    .argument("<host>", "name of the dead host")
    .option("--target-host <host>", "name of the new host for all; without it ferry chooses one for each")
    .option("--wait", "return when it is done, not when it is accepted")
    .option("--timeout <seconds>", "with --wait: stop waiting after so many seconds (exit code 11); it goes on", seconds)
    .action((host: string, { targetHost, wait, timeout, json }: Flags) =>
      perform(
        run,
        { host, targetHost: targetHost ?? null, wait: wait ?? false, timeoutSeconds: timeout ?? null, json: json ?? false },
        context,
      ),
    );
