import type { Duplex } from "node:stream";
import type { ClientChannel } from "ssh2";
import { type LibvirtChannel, LibvirtUnreachableError } from "./libvirt-channel.ts";
import { SshChannelError } from "./ssh-errors.ts";
import type { SshSession } from "./ssh-session.ts";

/** Where libvirt's sockets are; `/run` is not a link everywhere. */
const SOCKET_DIRECTORY = "/var/run/libvirt";
const HELPER = "virt-ssh-helper";
const COMPLAINT_MAX = 2_000;

/** Sockets of the modular daemons by the URI's driver. */
const modularSockets: Readonly<Record<string, string>> = {
  qemu: "virtqemud-sock",
  xen: "virtxend-sock",
  lxc: "virtlxcd-sock",
  ch: "virtchd-sock",
  bhyve: "virtbhyved-sock",
  vz: "virtvzd-sock",
};

/** What to reach. */
export interface SshChannelOptions {
  readonly uri: string;
  readonly readOnly?: boolean;
  /** Directory of the sockets on the host. Default `/var/run/libvirt`. */
  readonly socketDirectory?: string;
}

/**
 * A stream to the host's libvirt daemon, by the first way that works: the socket of the driver's own daemon, the socket of the
 * monolithic daemon (or its proxy), `virt-ssh-helper`. sshd answers alike when a socket is missing and when forwarding is forbidden,
 * so every refusal leads to the next way. The helper (libvirt 6.8 and newer) finds its socket by itself and says what is wrong.
 */
export async function openSshChannel(session: SshSession, options: SshChannelOptions): Promise<LibvirtChannel> {
  for (const path of socketPaths(options)) {
    const duplex = await tryStreamLocal(session, path);
    if (duplex) return { duplex, route: path, complaint: () => "" };
  }
  return helperChannel(await spawnHelper(session, options));
}

function socketPaths({ uri, readOnly, socketDirectory = SOCKET_DIRECTORY }: SshChannelOptions): string[] {
  const modular = modularSockets[uri.split(/[:+]/, 1)[0] ?? ""];
  const suffix = readOnly ? "-ro" : "";
  return [...(modular ? [modular] : []), "libvirt-sock"].map((name) => `${socketDirectory}/${name}${suffix}`);
}

async function tryStreamLocal(session: SshSession, path: string): Promise<Duplex | undefined> {
  try {
    return await session.openStreamLocal(path);
  } catch (error) {
    if (error instanceof SshChannelError) return undefined;
    throw error;
  }
}

async function spawnHelper(session: SshSession, { uri, readOnly }: SshChannelOptions): Promise<ClientChannel> {
  try {
    return await session.spawn([HELPER, ...(readOnly ? ["-r"] : []), uri]);
  } catch (error) {
    if (!(error instanceof SshChannelError)) throw error;
    const remedy = "allow AllowStreamLocalForwarding in its sshd_config, or the command virt-ssh-helper for this key";
    throw new LibvirtUnreachableError(`No way to libvirt on ${session.address}: its sshd refuses sockets and commands; ${remedy}`, error);
  }
}

function helperChannel(channel: ClientChannel): LibvirtChannel {
  let complaint = "";
  channel.stderr.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString("utf8")).slice(0, COMPLAINT_MAX);
  });
  return { duplex: channel, route: HELPER, complaint: () => complaint.trim() };
}
