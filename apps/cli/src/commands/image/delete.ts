import type { Command } from "commander";
import { deleteImage, findImage } from "../../api/images.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { escapeControls } from "../../output/escape.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";

export interface ImageDeleteOptions {
  /** Name or id. */
  readonly image: string;
  readonly json: boolean;
}

export const runImageDelete: Run<ImageDeleteOptions> = async ({ image, json }, context) => {
  const api = await context.connect();
  const { id, name } = await findImage(api, image);
  await deleteImage(api, { id });
  print(context, json, { deleted: { id, name } }, () => `Deleted image ${escapeControls(name)}. Servers that were made of it stay.`);
  return exitCodes.ok;
};

export const imageDelete = (context: Context, run = runImageDelete): Command =>
  leaf("image-delete", { summary: "Delete an image", examples: [["ferry image-delete debian-12", "servers that were made of it stay"]] })
    .argument("<image>", "name or id of the image")
    .action((image: string, options: { json?: true }) => perform(run, { image, json: options.json ?? false }, context));
