import { usualOutcome } from "@ferry/core";
import { type Command, Option } from "commander";
import type { Api } from "../../api/connect.ts";
import { migrateCold, type OtherMode } from "../../api/migrate.ts";
import { findServer, type MoveOrder, migrateLive, type ServerRef, showServer } from "../../api/servers.ts";
import type { Context, Run } from "../../context.ts";
import { type Detachment, listenForDetach } from "../../watch/detach.ts";
import { watchMove } from "../../watch/watch-move.ts";
import { leaf, perform } from "../command.ts";
import { seconds } from "../seconds.ts";
import { printAccepted } from "./accepted.ts";
import { runPreflight } from "./preflight.ts";

/** `auto`: live when the server runs or is paused, else cold. */
const modes = ["cold", "live", "saved", "offline", "auto"] as const;
export type ModeChoice = (typeof modes)[number];

export interface MigrateOptions {
  /** Name or id. */
  readonly server: string;
  /** Null: ferry chooses. */
  readonly host: string | null;
  readonly mode: ModeChoice;
  readonly dryRun: boolean;
  /** False: return as soon as the move is accepted. */
  readonly wait: boolean;
  readonly timeoutSeconds: number | null;
  readonly json: boolean;
}

async function resolveMode(api: Api, { id }: ServerRef, mode: ModeChoice): Promise<Exclude<ModeChoice, "auto">> {
  if (mode !== "auto") return mode;
  const { status } = await showServer(api, id);
  return status === "ACTIVE" || status === "PAUSED" ? "live" : "cold";
}

const liveOrder = ({ host }: { host: string | null }): MoveOrder => ({
  host,
  blockMigrate: false,
  force: false,
  transport: "auto",
  outcome: usualOutcome,
});

async function ask(api: Api, server: ServerRef, { host, mode: choice }: MigrateOptions, detachment: Detachment): Promise<string> {
  detachment.setUnanswered(true);
  try {
    const mode = await resolveMode(api, server, choice);
    if (mode === "live") return await migrateLive(api, server, liveOrder({ host }));
    return await migrateCold(api, server, { host, mode: mode satisfies OtherMode });
  } finally {
    detachment.setUnanswered(false);
  }
}

/** Moves the server and shows it until the end; a cold move then waits to be confirmed or taken back. */
export const runMigrate: Run<MigrateOptions> = async (options, context) => {
  const { json, timeoutSeconds, wait } = options;
  const api = await context.connect();
  const server = await findServer(api, options.server);
  if (options.dryRun) {
    const mode = await resolveMode(api, server, options.mode);
    return runPreflight({ server: server.id, order: liveOrder(options), mode, json }, context);
  }
  const detachment = listenForDetach(context);
  try {
    const id = await ask(api, server, options, detachment);
    if (wait) return await watchMove(context, api, id, { json, timeoutSeconds, serverId: server.id, signal: detachment.signal });
    return await printAccepted(context, api, { id, server, json });
  } finally {
    detachment.stop();
  }
};

interface Flags {
  readonly dryRun?: true;
  readonly mode: ModeChoice;
  readonly wait: boolean;
  readonly timeout?: number;
  readonly json?: true;
}

export const serverMigrate = (context: Context, run = runMigrate): Command =>
  leaf("migrate", {
    summary: "Move a server that need not run meanwhile, and show its progress",
    examples: [
      ["ferry migrate lm001 compute2", "shut lm001 down, copy its disks, start it on compute2; the source keeps the disks"],
      ["ferry resize-confirm lm001", "then delete what the source has kept, or ferry resize-revert lm001"],
      ["ferry migrate --mode saved lm001", "save its running state, move it with the disks, go on from there"],
      ["ferry migrate --mode offline lm001 compute2", "move the definition alone: off, disks on shared storage"],
      ["ferry migrate --mode auto lm001", "live if it runs, else cold"],
      ["ferry migrate --dry-run lm001", "only show the checks"],
    ],
  })
    .argument("<server>", "name or id of the server")
    .argument("[host]", "name of the destination; without it ferry chooses one that passes all checks")
    .addOption(new Option("--mode <how>", "how the server is moved").choices(modes).default("cold"))
    .option("--dry-run", "only check: the same as ferry preflight")
    .option("--no-wait", "return once the move is accepted")
    .option("--timeout <seconds>", "stop waiting after so many seconds (exit code 11); the move goes on", seconds)
    .action((server: string, host: string | undefined, flags: Flags) =>
      perform(
        run,
        {
          server,
          host: host ?? null,
          mode: flags.mode,
          dryRun: flags.dryRun ?? false,
          wait: flags.wait,
          timeoutSeconds: flags.timeout ?? null,
          json: flags.json ?? false,
        },
        context,
      ),
    );
