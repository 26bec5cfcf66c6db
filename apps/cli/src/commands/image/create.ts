import { SECOND } from "@ferry/core";
import { type Command, Option } from "commander";
import type { Api } from "../../api/connect.ts";
import { addImage, type Image, openFile, showImage, uploadImage } from "../../api/images.ts";
import { CliError, usageError } from "../../cli-error.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { imageFields } from "../../output/image-text.ts";
import { print } from "../../output/print.ts";
import { makeNudge } from "../../watch/nudge.ts";
import { leaf, perform } from "../command.ts";
import { wholeNumber } from "../whole-number.ts";

export interface ImageCreateOptions {
  readonly name: string;
  readonly diskFormat: "qcow2" | "raw";
  /** A file here that is uploaded, or one of a host's pool. */
  readonly content: { readonly file: string } | { readonly host: string; readonly pool: string; readonly volume: string };
  readonly isPublic: boolean;
  /** GiB. */
  readonly minDisk: number;
  /** MiB. */
  readonly minRam: number;
  readonly json: boolean;
}

const lookAgainMs = SECOND;

/** Waits until ferry has read the file of a host. Throws IMAGE_REFUSED with its reason. */
async function whenRead(api: Api, { id }: Image): Promise<Image> {
  for (;;) {
    const image = await showImage(api, id);
    if (image.status === "killed")
      throw new CliError("IMAGE_REFUSED", image.problem ?? "The image was refused.", { remedy: `Remove it: ferry image-delete ${id}` });
    if (image.status === "active") return image;
    await makeNudge().wait(lookAgainMs, new AbortController().signal);
  }
}

export const runImageCreate: Run<ImageCreateOptions> = async (options, context) => {
  const { name, diskFormat, content, minDisk, minRam, isPublic } = options;
  const file = "file" in content ? await openFile(content.file) : null;
  const api = await context.connect();
  const added = await addImage(api, {
    name,
    disk_format: diskFormat,
    min_disk: minDisk,
    min_ram: minRam,
    visibility: isPublic ? "public" : "private",
    ...("file" in content ? {} : { source: content }),
  });
  if (file) await uploadImage(api, added, file);
  const image = await whenRead(api, added);
  print(context, options.json, { image }, () => imageFields(image));
  return exitCodes.ok;
};

interface Flags {
  readonly diskFormat: "qcow2" | "raw";
  readonly file?: string;
  readonly host?: string;
  readonly pool: string;
  readonly volume?: string;
  readonly public?: true;
  readonly minDisk: number;
  readonly minRam: number;
  readonly json?: true;
}

function contentOf({ file, host, pool, volume }: Flags): ImageCreateOptions["content"] {
  if (file !== undefined && host === undefined && volume === undefined) return { file };
  if (file === undefined && host !== undefined && volume !== undefined) return { host, pool, volume };
  throw usageError("Cannot tell what the image is: give --file, or --host and --volume.");
}

export const imageCreate = (context: Context, run = runImageCreate): Command =>
  leaf("image-create", {
    summary: "Make an image of a file here, or of one in a pool of a host",
    examples: [
      ["ferry image-create --disk-format qcow2 --file debian-12.qcow2 debian-12", "upload it"],
      [
        "ferry image-create --disk-format qcow2 --host compute1 --volume debian-12.qcow2 debian-12",
        "it stays where it is, in pool default",
      ],
    ],
  })
    .argument("<name>", "name of the image")
    .addOption(new Option("--disk-format <format>", "what the file is").choices(["qcow2", "raw"]).makeOptionMandatory())
    .option("--file <file>", "file to upload")
    .option("--host <host>", "host that has the file")
    .option("--pool <pool>", "with --host: its storage pool", "default")
    .option("--volume <volume>", "with --host: name of the file in the pool")
    .option("--public", "for every project")
    .option("--min-disk <GiB>", "least disk of a flavor", wholeNumber, 0)
    .option("--min-ram <MiB>", "least memory of a flavor", wholeNumber, 0)
    .action((name: string, flags: Flags) => {
      const { diskFormat, minDisk, minRam } = flags;
      const options = { name, diskFormat, minDisk, minRam, content: contentOf(flags), isPublic: flags.public ?? false };
      return perform(run, { ...options, json: flags.json ?? false }, context);
    });
