import type { Command } from "commander";
import { checkHost } from "../../api/hosts.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { renderChecks } from "../../output/checks.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";

export interface HostCheckOptions {
  /** Name, number or uuid. */
  readonly host: string;
  readonly json: boolean;
}

/** Exit code 10 when the host does not pass. */
export const runHostCheck: Run<HostCheckOptions> = async ({ host, json }, context) => {
  const result = await checkHost(await context.connect(), host);
  print(context, json, result, () => renderChecks(result.checks, context.style).join("\n"));
  return result.passes ? exitCodes.ok : exitCodes.refused;
};

export const hostCheck = (context: Context, run = runHostCheck): Command =>
  leaf("check", {
    summary: "Look at a host now: every check with verdict, reason and remedy",
    examples: [["ferry host check compute1", "whether compute1 can send and take servers"]],
  })
    .argument("<host>", "name or id of the host")
    .action((host: string, options: { json?: true }) => perform(run, { host, json: options.json ?? false }, context));
