import type { Command } from "commander";
import type { Api } from "../../api/connect.ts";
import { findServer, type ServerRef } from "../../api/servers.ts";
import { attachVolume, detachVolume, findVolume, listAttachments, type Volume } from "../../api/volumes.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { escapeControls } from "../../output/escape.ts";
import { print } from "../../output/print.ts";
import { attachmentsTable } from "../../output/volume-text.ts";
import { leaf, perform } from "../command.ts";

interface Pair {
  /** Names or ids. */
  readonly server: string;
  readonly volume: string;
  readonly json?: true;
}

const found = async (api: Api, { server, volume }: Pair): Promise<{ server: ServerRef; volume: Volume }> => ({
  server: await findServer(api, server),
  volume: await findVolume(api, volume),
});

interface AttachFlags {
  readonly device?: string;
  readonly tag?: string;
  readonly deleteOnTermination?: true;
  readonly json?: true;
}

const runVolumeAttach: Run<Pair & AttachFlags> = async ({ device, tag, deleteOnTermination, json = false, ...pair }, context) => {
  const api = await context.connect();
  const { server, volume } = await found(api, pair);
  const accepted = await attachVolume(api, server, {
    volumeId: volume.id,
    ...(device === undefined ? {} : { device }),
    ...(tag === undefined ? {} : { tag }),
    ...(deleteOnTermination === undefined ? {} : { delete_on_termination: true }),
  });
  const words = `Volume ${escapeControls(volume.name ?? volume.id)} is being attached to ${escapeControls(server.name)} as ${accepted}.`;
  print(context, json, { server: server.id, volume: volume.id, device: accepted }, () => words);
  return exitCodes.ok;
};

export const volumeAttach = (context: Context): Command =>
  leaf("volume-attach", {
    summary: "Attach a volume to a server, running or not",
    examples: [["ferry volume-attach lm001 data", "the guest finds it as /dev/disk/by-id/virtio-… with the volume's id"]],
  })
    .argument("<server>", "name or id of the server")
    .argument("<volume>", "name or id of the volume")
    .argument("[device]", "name in the guest, as /dev/vdc; the first free one without it")
    .option("--tag <tag>", "a tag for the device")
    .option("--delete-on-termination", "delete the volume together with the server")
    .action((server: string, volume: string, device: string | undefined, flags: Omit<AttachFlags, "device">) =>
      perform(runVolumeAttach, { server, volume, ...(device === undefined ? {} : { device }), ...flags }, context),
    );

const runVolumeDetach: Run<Pair> = async ({ json = false, ...pair }, context) => {
  const api = await context.connect();
  const { server, volume } = await found(api, pair);
  await detachVolume(api, server, volume);
  const words = `Volume ${escapeControls(volume.name ?? volume.id)} is being detached from ${escapeControls(server.name)}.`;
  print(context, json, { server: server.id, volume: volume.id }, () => words);
  return exitCodes.ok;
};

export const volumeDetach = (context: Context): Command =>
  leaf("volume-detach", {
    summary: "Detach a volume from a server; unmount it inside the guest first",
    examples: [["ferry volume-detach lm001 data", "the guest lets go of it"]],
  })
    .argument("<server>", "name or id of the server")
    .argument("<volume>", "name or id of the volume")
    .action((server: string, volume: string, flags: { json?: true }) => perform(runVolumeDetach, { server, volume, ...flags }, context));

const runVolumeAttachments: Run<Omit<Pair, "volume">> = async ({ server, json = false }, context) => {
  const api = await context.connect();
  const attachments = await listAttachments(api, await findServer(api, server));
  print(context, json, { volumeAttachments: attachments }, () => attachmentsTable(attachments));
  return exitCodes.ok;
};

export const volumeAttachments = (context: Context): Command =>
  leaf("volume-attachments", {
    summary: "List the volumes that are attached to a server",
    examples: [["ferry volume-attachments lm001", "each with its device in the guest"]],
  })
    .argument("<server>", "name or id of the server")
    .action((server: string, flags: { json?: true }) => perform(runVolumeAttachments, { server, ...flags }, context));
