import { volumeFormats } from "@ferry/core";
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  adoptVolume,
  createVolume,
  deleteVolume,
  findVolume,
  listVolumes,
  type VolumeAdoption,
  type VolumeRequest,
} from "../../api/volumes.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { escapeControls } from "../../output/escape.ts";
import { print } from "../../output/print.ts";
import { volumeFields, volumesTable } from "../../output/volume-text.ts";
import { leaf, perform } from "../command.ts";

interface Json {
  readonly json?: true;
}

const runVolumeList: Run<Json> = async ({ json = false }, context) => {
  const volumes = await listVolumes(await context.connect());
  print(context, json, { volumes }, () => volumesTable(volumes));
  return exitCodes.ok;
};

export const volumeList = (context: Context): Command =>
  leaf("list", { summary: "List the volumes", examples: [["ferry volume list", "all volumes, and what they are attached to"]] }).action(
    (flags: Json) => perform(runVolumeList, flags, context),
  );

interface Named extends Json {
  /** Name or id. */
  readonly volume: string;
}

const runVolumeShow: Run<Named> = async ({ volume: text, json = false }, context) => {
  const volume = await findVolume(await context.connect(), text);
  print(context, json, { volume }, () => volumeFields(volume));
  return exitCodes.ok;
};

export const volumeShow = (context: Context): Command =>
  leaf("show", { summary: "Show a volume", examples: [["ferry volume show data", "where it is and what has it"]] })
    .argument("<volume>", "name or id of the volume")
    .action((volume: string, flags: Json) => perform(runVolumeShow, { volume, ...flags }, context));

const runVolumeDelete: Run<Named> = async ({ volume: text, json = false }, context) => {
  const api = await context.connect();
  const volume = await findVolume(api, text);
  await deleteVolume(api, volume);
  print(context, json, { deleted: volume.id }, () => `Deleted volume ${escapeControls(volume.name ?? volume.id)} and its content.`);
  return exitCodes.ok;
};

export const volumeDelete = (context: Context): Command =>
  leaf("delete", { summary: "Delete a volume and its content", examples: [["ferry volume delete data", "its file is gone"]] })
    .argument("<volume>", "name or id of the volume")
    .action((volume: string, flags: Json) => perform(runVolumeDelete, { volume, ...flags }, context));

const runVolumeCreate: Run<Json & { readonly request: VolumeRequest }> = async ({ request, json = false }, context) => {
  const volume = await createVolume(await context.connect(), request);
  print(context, json, { volume }, () => volumeFields(volume));
  return exitCodes.ok;
};

interface CreateFlags extends Json {
  readonly name?: string;
  readonly format: VolumeRequest["format"];
}

const formatOption = (): Option => new Option("--format <format>", "qcow2 or raw").choices([...volumeFormats]);

export const volumeCreate = (context: Context): Command =>
  leaf("create", {
    summary: "Make a volume in a storage pool of a host",
    examples: [["ferry volume create compute1 default 20 --name data", "20 GiB, thin, in the pool default of compute1"]],
  })
    .argument("<host>", "name or id of the host")
    .argument("<pool>", "name of the pool")
    .argument("<size>", "in GiB", gibibytes)
    .option("--name <name>", "name of the volume")
    .addOption(formatOption().default("raw"))
    .action((host: string, pool: string, size: number, { name, format, ...json }: CreateFlags) =>
      perform(runVolumeCreate, { request: { host, pool, size, format, ...(name === undefined ? {} : { name }) }, ...json }, context),
    );

const runVolumeAdopt: Run<Json & { readonly adoption: VolumeAdoption }> = async ({ adoption, json = false }, context) => {
  const volume = await adoptVolume(await context.connect(), adoption);
  print(context, json, { volume }, () => volumeFields(volume));
  return exitCodes.ok;
};

interface AdoptFlags extends CreateFlags {
  readonly project?: string;
}

export const volumeAdopt = (context: Context): Command =>
  leaf("adopt", {
    summary: "Take up a volume that is in a storage pool already and that no guest uses",
    examples: [["ferry volume adopt compute1 default data.qcow2 --format qcow2", "the file becomes a volume of your project"]],
  })
    .argument("<host>", "name or id of the host")
    .argument("<pool>", "name of the pool")
    .argument("<volume-name>", "its name in the pool")
    .option("--name <name>", "name of the volume")
    .option("--project <id>", "id of the project whose it is to be")
    .addOption(formatOption().makeOptionMandatory())
    .action((host: string, pool: string, volume_name: string, { name, project, format, ...json }: AdoptFlags) => {
      const owner = { ...(name === undefined ? {} : { name }), ...(project === undefined ? {} : { project_id: project }) };
      return perform(runVolumeAdopt, { adoption: { host, pool, volume_name, format, ...owner }, ...json }, context);
    });

function gibibytes(text: string): number {
  const size = Number(text);
  if (/^[0-9]+$/.test(text) && size >= 1) return size;
  throw new InvalidArgumentError("Must be a whole number of GiB, 1 or more.");
}
