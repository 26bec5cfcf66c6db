import type { Command } from "commander";
import { listImages } from "../../api/images.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { imagesTable } from "../../output/image-text.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";

export interface ImageListOptions {
  readonly json: boolean;
}

export const runImageList: Run<ImageListOptions> = async ({ json }, context) => {
  const images = await listImages(await context.connect());
  print(context, json, { images }, () => imagesTable(images));
  return exitCodes.ok;
};

export const imageList = (context: Context, run = runImageList): Command =>
  leaf("image-list", { summary: "List the images", examples: [["ferry image-list", "what new servers can be made of"]] }).action(
    (options: { json?: true }) => perform(run, { json: options.json ?? false }, context),
  );
