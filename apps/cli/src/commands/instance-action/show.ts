import type { Command } from "commander";
import { showAction } from "../../api/server-actions.ts";
import { usageError } from "../../cli-error.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { actionText } from "../../output/action-text.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";
import { serverOrId } from "./server-or-id.ts";

export interface InstanceActionOptions {
  /** Name or id; of a server that is gone its id. */
  readonly server: string;
  readonly requestId: string;
  readonly json: boolean;
}

const requestIdForm = /^req-[0-9a-f-]{36}$/;

/** Refuses what cannot be a request id before it becomes part of an address. */
function checkRequestId(text: string): string {
  if (requestIdForm.test(text)) return text;
  throw usageError(`Cannot look for action "${text}": it must be a request id.`, 'Look with "ferry instance-action-list SERVER".');
}

export const runInstanceAction: Run<InstanceActionOptions> = async ({ server, requestId, json }, context) => {
  const id = checkRequestId(requestId);
  const api = await context.connect();
  const instanceAction = await showAction(api, await serverOrId(api, server), id);
  print(context, json, { instanceAction }, () => actionText(instanceAction));
  return exitCodes.ok;
};

export const instanceAction = (context: Context, run = runInstanceAction): Command =>
  leaf("instance-action", {
    summary: "Show one of a server's actions: what happened under it, and why it failed",
    examples: [["ferry instance-action lm001 req-146d791a-10dc-4423-a564-317b92f3f65f", "with its events"]],
  })
    .argument("<server>", "name or id of the server; of one that is gone its id")
    .argument("<request-id>", "as the list shows it")
    .action((server: string, requestId: string, options: { json?: true }) =>
      perform(run, { server, requestId, json: options.json ?? false }, context),
    );
