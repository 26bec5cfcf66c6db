import type { Command } from "commander";
import { createFlavor } from "../../api/flavors.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { flavorsTable } from "../../output/flavor-text.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";
import { wholeNumber } from "../whole-number.ts";

export interface FlavorCreateOptions {
  readonly name: string;
  /** `auto`: ferry gives it one. */
  readonly id: string;
  /** MiB. */
  readonly ram: number;
  /** GiB; 0: as large as the image. */
  readonly disk: number;
  readonly vcpus: number;
  readonly isPublic: boolean;
  readonly json: boolean;
}

export const runFlavorCreate: Run<FlavorCreateOptions> = async ({ json, isPublic, ...flavor }, context) => {
  const made = await createFlavor(await context.connect(), { ...flavor, "os-flavor-access:is_public": isPublic });
  print(context, json, { flavor: made }, () => flavorsTable([made]));
  return exitCodes.ok;
};

export const flavorCreate = (context: Context, run = runFlavorCreate): Command =>
  leaf("flavor-create", {
    summary: "Make a flavor",
    examples: [
      ["ferry flavor-create m1.tiny 1 512 1 1", "512 MiB, a disk of 1 GiB, one processor"],
      ["ferry flavor-create small auto 2048 0 2 --private", "a disk as large as the image; for administrators only"],
    ],
  })
    .argument("<name>", "name of the flavor")
    .argument("<id>", "its id; auto lets ferry give it one")
    .argument("<ram>", "memory in MiB", wholeNumber)
    .argument("<disk>", "root disk in GiB; 0: as large as the image", wholeNumber)
    .argument("<vcpus>", "number of processors", wholeNumber)
    .option("--private", "not for every project")
    .action((name: string, id: string, ram: number, disk: number, vcpus: number, flags: { private?: true; json?: true }) =>
      perform(run, { name, id, ram, disk, vcpus, isPublic: flags.private !== true, json: flags.json ?? false }, context),
    );
