import type { Command } from "commander";
import { listFlavors } from "../../api/flavors.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { flavorsTable } from "../../output/flavor-text.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";

export interface FlavorListOptions {
  readonly json: boolean;
}

export const runFlavorList: Run<FlavorListOptions> = async ({ json }, context) => {
  const flavors = await listFlavors(await context.connect());
  print(context, json, { flavors }, () => flavorsTable(flavors));
  return exitCodes.ok;
};

export const flavorList = (context: Context, run = runFlavorList): Command =>
  leaf("flavor-list", { summary: "List the flavors", examples: [["ferry flavor-list", "memory, disk and processors of each"]] }).action(
    (options: { json?: true }) => perform(run, { json: options.json ?? false }, context),
  );
