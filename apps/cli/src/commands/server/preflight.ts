import { type MoveMode, moveModes } from "@ferry/core";
import { type Command, Option } from "commander";
import { preflight } from "../../api/preflight.ts";
import { findServer, type MoveOrder } from "../../api/servers.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { preflightText } from "../../output/preflight-text.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";
import { type MoveFlags, moveOrder, withMoveOptions } from "./move-options.ts";

export interface PreflightOptions {
  /** Name or id. */
  readonly server: string;
  readonly order: MoveOrder;
  /** Default: live. */
  readonly mode?: MoveMode;
  /** Each check on its own, also those that could not be judged because another failed. */
  readonly all?: boolean;
  readonly json: boolean;
}

/** Exit code 10 when no candidate passes, so scripts can ask before they move. */
export const runPreflight: Run<PreflightOptions> = async ({ server: text, order, mode, all, json }, context) => {
  const api = await context.connect();
  const server = await findServer(api, text);
  const result = await preflight(api, server, order, mode);
  print(context, json, result, () => preflightText(server, result, context.style, all));
  return result.candidates.some((candidate) => candidate.passes) ? exitCodes.ok : exitCodes.refused;
};

export const serverPreflight = (context: Context, run = runPreflight): Command =>
  withMoveOptions(
    leaf("preflight", {
      summary: "Check a move without starting it: every check with verdict, reason and remedy",
      examples: [
        ["ferry preflight lm001", "all hosts that could take lm001"],
        ["ferry preflight --block-migrate lm001 compute2", "one destination, with local disks"],
        ["ferry preflight --mode cold lm001", "what a cold migration needs"],
      ],
    }),
  )
    .addOption(new Option("--mode <how>", "how the server would be moved").choices(moveModes).default("live"))
    .option("--all", "show each check, also those that could not be judged because another failed")
    .action((server: string, host: string | undefined, flags: MoveFlags & { mode: MoveMode; all?: true; json?: true }) => {
      const { mode, all = false, json = false } = flags;
      return perform(run, { server, order: moveOrder(host, flags), mode, all, json }, context);
    });
