import type { NetworkMap } from "@ferry/core";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Api } from "../../api/connect.ts";
import { addHost, type Host, type OfferedKey, scanHost, showSshKey } from "../../api/hosts.ts";
import { CliError } from "../../cli-error.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { isTerminal, writeLine } from "../../io.ts";
import { escapeControls } from "../../output/escape.ts";
import { hostFields } from "../../output/host-text.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";
import { confirmKey } from "./confirm-key.ts";
import { keyWithFingerprint, preferredKey } from "./host-key.ts";
import { mapValue } from "./network-map.ts";

export interface HostAddOptions {
  readonly address: string;
  /** Null: the host's own name. */
  readonly name: string | null;
  readonly port: number;
  readonly user: string;
  /** `SHA256:…` that the key must have; null asks, or takes what is offered with `acceptNew`. */
  readonly fingerprint: string | null;
  readonly acceptNew: boolean;
  /** Address for memory and disks; null: the same. */
  readonly migrationAddress: string | null;
  readonly uri: "qemu:///system" | "xen:///system";
  /** What networks of other hosts are called on this one. */
  readonly networkMap: NetworkMap;
  readonly json: boolean;
}

async function trustedKey(api: Api, options: HostAddOptions, context: Context): Promise<OfferedKey> {
  const { address, fingerprint, acceptNew } = options;
  const offered = await scanHost(api, address, options.port);
  if (fingerprint !== null) return keyWithFingerprint(address, offered, fingerprint);
  const key = preferredKey(address, offered);
  if (!acceptNew) await confirmKey(context, address, key);
  return key;
}

/** When the login is refused, the line to add stands on a line of its own, and nowhere else: it must be copied whole. */
async function withKeyLine(api: Api, { address, user }: HostAddOptions, error: unknown): Promise<unknown> {
  if (!(error instanceof CliError) || error.code !== "HOST_LOGIN_REFUSED") return error;
  const line = await showSshKey(api);
  return new CliError(error.code, `Cannot log in to host ${address} as ${user}: the host refuses ferry's key.`, {
    remedy: `Append this line to ~${user}/.ssh/authorized_keys on the host, then repeat the command:\n${line}`,
    requestId: error.requestId,
    cause: error,
  });
}

async function add(api: Api, options: HostAddOptions, key: OfferedKey): Promise<{ host: Host; adopting: boolean }> {
  const { address, name, port, user, uri, migrationAddress, networkMap } = options;
  try {
    return await addHost(api, {
      address,
      port,
      user,
      uri,
      host_key: key.host_key,
      ...(name === null ? {} : { name }),
      ...(migrationAddress === null ? {} : { migration_address: migrationAddress }),
      ...(Object.keys(networkMap).length === 0 ? {} : { network_map: { ...networkMap } }),
    });
  } catch (error) {
    throw await withKeyLine(api, options, error);
  }
}

function guestsText(count: number): string {
  if (count === 0) return "it has no guests yet";
  return count === 1 ? "its guest is a server now" : `its ${count} guests are servers now`;
}

function addedText(host: Host, adopting: boolean): string {
  const servers = adopting ? "its guests are still being read" : guestsText(host.servers);
  return `${hostFields(host)}\nAdded host ${escapeControls(host.name)}: ${servers}; nothing on it was changed.`;
}

/** Scans the host's keys, has one confirmed, and adds the host with exactly that key pinned. */
export const runHostAdd: Run<HostAddOptions> = async (options, context) => {
  const api = await context.connect();
  const key = await trustedKey(api, options, context);
  if (isTerminal(context.io.stderr)) writeLine(context.io.stderr, `Adding ${escapeControls(options.address)} …`);
  const { host, adopting } = await add(api, options, key);
  print(context, options.json, { host }, () => addedText(host, adopting));
  return exitCodes.ok;
};

const maxPort = 65_535;

function portValue(text: string): number {
  const port = Number(text);
  if (/^[0-9]+$/.test(text) && port >= 1 && port <= maxPort) return port;
  throw new InvalidArgumentError(`Must be a port from 1 to ${maxPort}.`);
}

interface Flags {
  readonly name?: string;
  readonly port: number;
  readonly user: string;
  readonly fingerprint?: string;
  readonly acceptNew?: true;
  readonly migrationAddress?: string;
  readonly uri: HostAddOptions["uri"];
  readonly map?: NetworkMap;
  readonly json?: true;
}

const optionsOf = (address: string, flags: Flags): HostAddOptions => ({
  address,
  name: flags.name ?? null,
  port: flags.port,
  user: flags.user,
  fingerprint: flags.fingerprint ?? null,
  acceptNew: flags.acceptNew ?? false,
  migrationAddress: flags.migrationAddress ?? null,
  uri: flags.uri,
  networkMap: flags.map ?? {},
  json: flags.json ?? false,
});

export const hostAdd = (context: Context, run = runHostAdd): Command =>
  leaf("add", {
    summary: "Add a host by its SSH address; its guests become servers, nothing on it changes",
    examples: [
      ["ferry host add compute1.example", "show the host's key, ask, then add it"],
      ["ferry host add 10.0.0.5 --name compute1 --fingerprint SHA256:…", "add it without a question"],
      ["ferry host add 10.0.0.5 --accept-new", "trust the key that is offered now (a lab)"],
    ],
  })
    .argument("<address>", "name or IP address that ferry reaches by SSH")
    .option("--name <name>", "name in ferry; without it the host's own name")
    .option("--port <port>", "port of its sshd", portValue, 22)
    .option("--user <user>", "login that may use libvirt's system socket", "root")
    .addOption(new Option("--fingerprint <SHA256:…>", "the SSH host key must have this fingerprint").conflicts("acceptNew"))
    .option("--accept-new", "pin the key that is offered now, without comparing")
    .option("--migration-address <address>", "address for memory and disk streams, if another network carries them")
    .addOption(new Option("--uri <uri>", "libvirt on the host").choices(["qemu:///system", "xen:///system"]).default("qemu:///system"))
    .option("--map <elsewhere=here>", "name that a network of other hosts has on this one, as br0=br-tenant (repeatable)", mapValue)
    .action((address: string, flags: Flags) => perform(run, optionsOf(address, flags), context));
