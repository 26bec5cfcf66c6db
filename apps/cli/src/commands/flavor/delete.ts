import type { Command } from "commander";
import { deleteFlavor, findFlavor } from "../../api/flavors.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { escapeControls } from "../../output/escape.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";

export interface FlavorDeleteOptions {
  /** Name or id. */
  readonly flavor: string;
  readonly json: boolean;
}

export const runFlavorDelete: Run<FlavorDeleteOptions> = async ({ flavor, json }, context) => {
  const api = await context.connect();
  const { id, name } = await findFlavor(api, flavor);
  await deleteFlavor(api, { id });
  print(context, json, { deleted: { id, name } }, () => `Deleted flavor ${escapeControls(name)}. Servers keep what they were made of.`);
  return exitCodes.ok;
};

export const flavorDelete = (context: Context, run = runFlavorDelete): Command =>
  leaf("flavor-delete", { summary: "Delete a flavor", examples: [["ferry flavor-delete m1.tiny", "no new server is made of it"]] })
    .argument("<flavor>", "name or id of the flavor")
    .action((flavor: string, options: { json?: true }) => perform(run, { flavor, json: options.json ?? false }, context));
