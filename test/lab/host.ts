import { createHash } from "node:crypto";
import { chmod, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type LabConfig, stableUuid } from "./config.ts";
import { defineDefaults, startDaemons } from "./daemons.ts";
import { emulatorStarter, placeEmulatorStarter } from "./emulator.ts";
import { execOn } from "./host-exec.ts";
import { libvirtdConf, qemuConf, sshdConfig } from "./host-files.ts";
import { startMachine } from "./machine.ts";
import { createHostNetwork, hostNamespace } from "./network.ts";
import { exists, type ProcessId } from "./processes.ts";
import { run } from "./run.ts";
import type { HostRecord } from "./state.ts";
import { hostAddress } from "./subnet.ts";

/** Directories of a host that hide the machine's own, each backed by a directory below the lab's. */
const PRIVATE_DIRS = [
  "/etc/libvirt",
  "/etc/ssh",
  "/var/lib/libvirt",
  "/var/log",
  "/var/cache/libvirt",
  "/root",
  "/srv",
  "/var/tmp",
  "/tmp",
];

const STAGING = "/mnt";

/** What may differ from host to host. */
export interface HostOptions {
  /** Limits the file system of the `default` pool to so many MiB (a tmpfs). */
  readonly diskLimitMiB?: number;
}

/**
 * Makes host number `index` (from 1) and boots it. After success libvirtd and sshd answer; after an error
 * `removeHost` (teardown.ts) cleans up whatever was made.
 */
export async function createHost(config: LabConfig, index: number, options: HostOptions = {}): Promise<HostRecord> {
  const name = `compute${index}`;
  const address = hostAddress(config.subnet, index);
  const uuid = stableUuid(`${config.name}/${name}`);
  await createHostNetwork(config, name, index);
  const key = await writeHostFiles(config, name, address, uuid);
  const init = await bootHost(config, name, options, "first");
  await defineDefaults({ name, init });
  const limit = options.diskLimitMiB === undefined ? {} : { diskLimitMiB: options.diskLimitMiB };
  return { name, index, address, sshPort: 22, uuid, init, ...limit, hostKey: key, hostKeyFingerprint: fingerprint(key) };
}

/** Starts a host whose network and files exist: namespaces, private directories, sshd, virtlogd, libvirtd. Returns its process 1. */
export async function bootHost(config: LabConfig, name: string, options: HostOptions, boot: "first" | "again"): Promise<ProcessId> {
  const starter = await emulatorStarter(config);
  const init = await startMachine(config, hostNamespace(config, name), `host ${name}`);
  await execOn({ init }, ["hostname", name]);
  // Other namespaces' handles would be kept alive by this host's copy of the mounts.
  await execOn({ init }, ["umount", "--all", "--types", "nsfs"]);
  await execOn({ init }, ["mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", "/run"]);
  await placeEmulatorStarter({ init }, starter);
  if (boot === "again") await nameBoot({ init });
  await mountPrivateDirs(config, init, name, options);
  await startDaemons({ name, init });
  return init;
}

/**
 * Gives a host that was switched on again a boot id of its own, as a kernel of its own would have. At first all hosts have the machine's, by which a block
 * device that several of them see is known to be one.
 */
async function nameBoot(host: Pick<HostRecord, "init">): Promise<void> {
  const file = "/run/lab-boot-id";
  await execOn(host, ["cp", "/proc/sys/kernel/random/uuid", file]);
  await execOn(host, ["mount", "--bind", file, "/proc/sys/kernel/random/boot_id"]);
}

/** The directory that backs a host's private directories. */
export function hostDirectory(config: LabConfig, name: string): string {
  return join(config.dir, "hosts", name);
}

async function writeHostFiles(config: LabConfig, name: string, address: string, uuid: string): Promise<string> {
  const base = hostDirectory(config, name);
  for (const path of PRIVATE_DIRS) await mkdir(backing(base, path), { recursive: true });
  await mkdir(join(base, "var-lib-libvirt/images"), { recursive: true });
  await mkdir(join(base, "var-log/libvirt/qemu"), { recursive: true });
  await mkdir(join(base, "srv/shared"), { recursive: true });
  await mkdir(join(config.dir, "shared"), { recursive: true });
  await cp("/etc/libvirt/nwfilter", join(base, "etc-libvirt/nwfilter"), { recursive: true });
  await writeFile(join(base, "etc-libvirt/libvirtd.conf"), libvirtdConf(uuid, address));
  await writeFile(join(base, "etc-libvirt/qemu.conf"), qemuConf());
  await writeFile(join(base, "etc-ssh/sshd_config"), sshdConfig(address));
  await authorize(config, join(base, "root"));
  for (const path of ["/tmp", "/var/tmp"]) await chmod(backing(base, path), 0o1777);
  return await hostKey(join(base, "etc-ssh/ssh_host_ed25519_key"));
}

async function authorize(config: LabConfig, home: string): Promise<void> {
  await chmod(home, 0o700);
  await mkdir(join(home, ".ssh"), { recursive: true, mode: 0o700 });
  const key = await readFile(join(config.dir, "ssh/id_ed25519.pub"), "utf8");
  await writeFile(join(home, ".ssh/authorized_keys"), key, { mode: 0o600 });
}

async function hostKey(path: string): Promise<string> {
  if (!(await exists(path))) await run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", path]);
  return (await readFile(`${path}.pub`, "utf8")).trim();
}

function fingerprint(publicKey: string): string {
  const blob = Buffer.from(publicKey.split(" ")[1] ?? "", "base64");
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

async function mountPrivateDirs(config: LabConfig, init: ProcessId, name: string, options: HostOptions): Promise<void> {
  const mount = (...args: string[]): Promise<string> => execOn({ init }, ["mount", ...args]);
  // Seen through /mnt meanwhile, because the lab's directory may lie below one of those that are about to be hidden.
  await mount("--bind", config.dir, STAGING);
  const base = join(STAGING, "hosts", name);
  await mount("--bind", join(STAGING, "etc-hosts"), "/etc/hosts");
  for (const path of PRIVATE_DIRS) await mount("--bind", backing(base, path), path);
  await mount("--bind", join(STAGING, "shared"), "/srv/shared");
  if (options.diskLimitMiB !== undefined) {
    await mount("-t", "tmpfs", "-o", `mode=711,size=${options.diskLimitMiB}m`, "tmpfs", "/var/lib/libvirt/images");
  }
  await execOn({ init }, ["umount", STAGING]);
}

function backing(base: string, path: string): string {
  return join(base, path.slice(1).replaceAll("/", "-"));
}
