import { readFile } from "node:fs/promises";
import { type Command, InvalidArgumentError } from "commander";
import { type AcceptedServer, bootServer, type NewServer } from "../../api/boot.ts";
import type { Api } from "../../api/connect.ts";
import { findFlavor } from "../../api/flavors.ts";
import { findImage } from "../../api/images.ts";
import { CliError } from "../../cli-error.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { print } from "../../output/print.ts";
import { renderFields } from "../../output/table.ts";
import { awaitAction } from "../../watch/await-action.ts";
import { listenForDetach } from "../../watch/detach.ts";
import { leaf, perform } from "../command.ts";
import { seconds } from "../seconds.ts";

interface Nic {
  readonly uuid: string;
  readonly fixed_ip?: string;
}

export interface BootOptions {
  readonly name: string;
  /** Names or ids. */
  readonly image: string;
  readonly flavor: string;
  /** Empty: one that ferry chooses. */
  readonly nics: readonly Nic[] | "none";
  /** Names; empty: the project's `default`. */
  readonly securityGroups: readonly string[];
  readonly configDrive: boolean;
  /** File. */
  readonly userData: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** Null: ferry chooses. */
  readonly host: string | null;
  readonly wait: boolean;
  readonly timeoutSeconds: number | null;
  readonly json: boolean;
}

async function readUserData(path: string): Promise<string> {
  try {
    return (await readFile(path)).toString("base64");
  } catch (error) {
    throw new CliError("FILE_UNREADABLE", `Cannot read the file ${path}.`, {
      remedy: "Name a file that is there and may be read.",
      cause: error,
    });
  }
}

async function requestOf(api: Api, options: BootOptions): Promise<NewServer> {
  const { name, nics, securityGroups, host, configDrive, metadata } = options;
  const [image, flavor] = await Promise.all([findImage(api, options.image), findFlavor(api, options.flavor)]);
  return {
    name,
    imageRef: image.id,
    flavorRef: flavor.id,
    networks: nics === "none" ? nics : nics.length === 0 ? "auto" : [...nics],
    config_drive: configDrive,
    metadata: { ...metadata },
    ...(securityGroups.length === 0 ? {} : { security_groups: securityGroups.map((group) => ({ name: group })) }),
    ...(options.userData === null ? {} : { user_data: await readUserData(options.userData) }),
    ...(host === null ? {} : { availability_zone: `nova:${host}` }),
  };
}

/** Asks for the server and, if wanted, waits until it is made. */
export const runBoot: Run<BootOptions> = async (options, context) => {
  const { name, wait, timeoutSeconds, json } = options;
  const api = await context.connect();
  const accepted = await bootServer(api, await requestOf(api, options));
  if (wait) await untilMade(api, { name, ...accepted }, timeoutSeconds, context);
  const { id, adminPass } = accepted;
  const status = wait ? "ACTIVE" : "BUILD";
  print(context, json, { server: { id, name, status, adminPass } }, () =>
    renderFields([
      ["id", id],
      ["name", name],
      ["status", status],
      ["adminPass", adminPass],
    ]),
  );
  return exitCodes.ok;
};

async function untilMade(
  api: Api,
  { requestId, ...server }: AcceptedServer & { readonly name: string },
  timeoutSeconds: number | null,
  context: Context,
): Promise<void> {
  const detachment = listenForDetach(context);
  try {
    await awaitAction(api, server, { action: "create", requestId }, { timeoutSeconds, signal: detachment.signal });
  } finally {
    detachment.stop();
  }
}

/** `net-id=NETWORK,v4-fixed-ip=ADDRESS` as novaclient's, or only the network. */
function nicValue(text: string, before: BootOptions["nics"] = []): BootOptions["nics"] {
  if (text === "none") return text;
  if (text === "auto") return [];
  const parts = text.split(",").map((part) => (part.includes("=") ? part.split("=", 2) : ["net-id", part]));
  const values = new Map(parts.map(([key = "", value = ""]) => [key, value]));
  const [uuid, address] = [values.get("net-id"), values.get("v4-fixed-ip")];
  if (!uuid || [...values.keys()].some((key) => key !== "net-id" && key !== "v4-fixed-ip"))
    throw new InvalidArgumentError("Must be auto, none, a network, or net-id=NETWORK,v4-fixed-ip=ADDRESS.");
  return [...(before === "none" ? [] : before), address === undefined ? { uuid } : { uuid, fixed_ip: address }];
}

const groupNames = (text: string): string[] => text.split(",").filter((name) => name !== "");

function metaValue(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = text.indexOf("=");
  if (at <= 0) throw new InvalidArgumentError("Must be KEY=VALUE.");
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

interface Flags {
  readonly image: string;
  readonly flavor: string;
  readonly nic?: BootOptions["nics"];
  readonly securityGroups?: readonly string[];
  readonly configDrive?: true;
  readonly userData?: string;
  readonly meta?: Readonly<Record<string, string>>;
  readonly host?: string;
  readonly wait?: true;
  readonly timeout?: number;
  readonly json?: true;
}

const optionsOf = (name: string, flags: Flags): BootOptions => ({
  name,
  image: flags.image,
  flavor: flags.flavor,
  nics: flags.nic ?? [],
  securityGroups: flags.securityGroups ?? [],
  configDrive: flags.configDrive ?? false,
  userData: flags.userData ?? null,
  metadata: flags.meta ?? {},
  host: flags.host ?? null,
  wait: flags.wait ?? false,
  timeoutSeconds: flags.timeout ?? null,
  json: flags.json ?? false,
});

export const serverBoot = (context: Context, run = runBoot): Command =>
  leaf("boot", {
    summary: "Make a server of an image and a flavor",
    examples: [
      ["ferry boot --image debian-12 --flavor m1.small web1", "on the host with most room, in its network default"],
      ["ferry boot --image debian-12 --flavor m1.small --nic br0 --user-data cloud.cfg --wait web1", "on bridge br0, set up by cloud-init"],
    ],
  })
    .argument("<name>", "name of the server")
    .requiredOption("--image <image>", "name or id of the image")
    .requiredOption("--flavor <flavor>", "name or id of the flavor")
    .option("--nic <nic>", "a network or bridge of the host, or net-id=NETWORK,v4-fixed-ip=ADDRESS (repeatable); auto; none", nicValue)
    .option("--security-groups <groups>", "security groups, separated by commas; else default", groupNames)
    .option("--config-drive", "give it a config drive for cloud-init")
    .option("--user-data <file>", "file for cloud-init, on a config drive")
    .option("--meta <key=value>", "metadata (repeatable)", metaValue)
    .option("--host <host>", "make it on this host")
    .option("--wait", "return when it is made, not when it is accepted")
    .option("--timeout <seconds>", "with --wait: stop waiting after so many seconds (exit code 11); the making goes on", seconds)
    .action((name: string, flags: Flags) => perform(run, optionsOf(name, flags), context));
