import type { Command } from "commander";
import { evacuate } from "../../api/evacuate.ts";
import { findServer } from "../../api/servers.ts";
import type { Context, Run } from "../../context.ts";
import { listenForDetach } from "../../watch/detach.ts";
import { watchMove } from "../../watch/watch-move.ts";
import { leaf, perform } from "../command.ts";
import { seconds } from "../seconds.ts";
import { printAccepted } from "./accepted.ts";

export interface EvacuateOptions {
  /** Name or id. */
  readonly server: string;
  /** Null: ferry chooses. */
  readonly host: string | null;
  /** False: return as soon as it is accepted. */
  readonly wait: boolean;
  readonly timeoutSeconds: number | null;
  readonly json: boolean;
}

/** Takes the server away from its dead host and shows it until the end. */
export const runEvacuate: Run<EvacuateOptions> = async ({ server: text, host, wait, timeoutSeconds, json }, context) => {
  const api = await context.connect();
  const server = await findServer(api, text);
  const detachment = listenForDetach(context);
  try {
    const { migration: id } = await evacuate(api, server, { host });
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

export const serverEvacuate = (context: Context, run = runEvacuate): Command =>
  leaf("evacuate", {
    summary: "Start a server of a dead host on another one that sees its disks",
    examples: [
      [
        'ferry host fence compute1 --method ipmi --note "chassis power off, status read back"',
        "first: make sure that it is off, and say so",
      ],
      ["ferry evacuate lm001 compute2", "then: define lm001 on compute2, and start it if it ran"],
    ],
  })
    .argument("<server>", "name or id of the server")
    .argument("[host]", "name of the new host; without it ferry chooses one that passes all checks")
    .option("--no-wait", "return once it is accepted")
    .option("--timeout <seconds>", "stop waiting after so many seconds (exit code 11); it goes on", seconds)
    .action((server: string, host: string | undefined, { wait, timeout, json }: Flags) =>
      perform(run, { server, host: host ?? null, wait, timeoutSeconds: timeout ?? null, json: json ?? false }, context),
    );
