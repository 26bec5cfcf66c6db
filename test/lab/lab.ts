import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type LabConfig, type LabConfigOptions, labConfig } from "./config.ts";
import { createHost, type HostOptions } from "./host.ts";
import { execOn, tryExecOn } from "./host-exec.ts";
import { hostsFile, sshClientConfig } from "./host-files.ts";
import { withLock } from "./lock.ts";
import { createNetwork, routeBetweenHosts } from "./network.ts";
import { ensureDebianPackages, type Progress } from "./packages.ts";
import { exists, isAlive } from "./processes.ts";
import { type RunOptions, run } from "./run.ts";
import { createLabDirectory, type HostRecord, type LabState, readState, writeState } from "./state.ts";
import { ensureSharedDirectory } from "./storage/shared-directory.ts";
import { MAX_HOSTS } from "./subnet.ts";
import { removeHost, removeLab } from "./teardown.ts";

/** What `labUp` may be told. */
export interface LabUpOptions extends LabConfigOptions {
  /** How many hosts there shall be at least: compute1, compute2, … Default 2. */
  readonly hosts?: number;
  /** Limits the `default` pool of a host, by host name, to so many MiB. Applies to hosts created by this call. */
  readonly diskLimitsMiB?: Readonly<Record<string, number>>;
  /** True: the hosts have the shared directory from the start, see storage/shared-directory.ts. Else they get it with the first guest on it. */
  readonly sharedDirectory?: boolean;
  readonly progress?: Progress;
}

/** A host of a lab that is up. */
export interface LabHost extends HostRecord {
  /** Runs a command on the host as root, without a shell. @throws CommandError unless it ends with code 0. Returns standard output. */
  exec(argv: readonly string[], options?: RunOptions): Promise<string>;
}

/** A lab that is up: pass it to every other function of this directory. */
export interface Lab {
  readonly config: LabConfig;
  readonly hosts: readonly LabHost[];
  /** The private key that every host accepts for root. */
  readonly privateKeyPath: string;
}

/** Health of one host as `labStatus` saw it. */
export interface HostStatus {
  readonly host: HostRecord;
  readonly running: boolean;
  readonly libvirtdAnswers: boolean;
}

/** Brings the lab up, or returns the one that is up; a broken one is removed first. @throws Error naming what failed. */
export async function labUp(options: LabUpOptions = {}): Promise<Lab> {
  const config = labConfig(options);
  const wanted = options.hosts ?? 2;
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > MAX_HOSTS) {
    throw new Error(`Cannot bring up ${wanted} hosts: the number must be between 1 and ${MAX_HOSTS}.`);
  }
  const progress = options.progress ?? (() => undefined);
  await ensureDebianPackages(progress);
  const lab = await withLock(config.name, async () => {
    await removeIfBroken(config, progress);
    await prepareDirectory(config);
    await createNetwork(config);
    const hosts = await addMissingHosts(config, wanted, options, progress);
    return toLab(config, hosts);
  });
  if (options.sharedDirectory === true) await ensureSharedDirectory(lab);
  return lab;
}

/** Removes the lab with everything in it; nothing when it is down. */
export async function labDown(options: LabConfigOptions = {}): Promise<void> {
  const config = labConfig(options);
  await withLock(config.name, () => removeLab(config));
}

/** The lab that is up. @throws Error when it is down. */
export async function openLab(options: LabConfigOptions = {}): Promise<Lab> {
  const config = labConfig(options);
  const { hosts } = await readState(config);
  if (hosts.length === 0) throw new Error(`Lab "${config.name}" is down: bring it up with "npm run lab -- up".`);
  return toLab(config, hosts);
}

/** How each recorded host fares; empty when the lab is down. */
export async function labStatus(options: LabConfigOptions = {}): Promise<HostStatus[]> {
  const { hosts } = await readState(labConfig(options));
  return await Promise.all(hosts.map(hostStatus));
}

/** The host of that name. @throws Error listing those that exist. */
export function hostNamed(lab: Lab, name: string): LabHost {
  const host = lab.hosts.find((candidate) => candidate.name === name);
  if (host !== undefined) return host;
  throw new Error(`No host "${name}" in lab "${lab.config.name}": there are ${lab.hosts.map((candidate) => candidate.name).join(", ")}.`);
}

function toLab(config: LabConfig, hosts: readonly HostRecord[]): Lab {
  const withExec = hosts.map((host): LabHost => ({ ...host, exec: (argv, runOptions) => execOn(host, argv, runOptions) }));
  return { config, hosts: withExec, privateKeyPath: join(config.dir, "ssh/id_ed25519") };
}

async function hostStatus(host: HostRecord): Promise<HostStatus> {
  const running = await isAlive(host.init);
  if (!running) return { host, running, libvirtdAnswers: false };
  const answer = await tryExecOn(host, ["virsh", "--connect", "qemu:///system", "--quiet", "uri"]);
  return { host, running, libvirtdAnswers: answer.code === 0 };
}

async function removeIfBroken(config: LabConfig, progress: Progress): Promise<void> {
  const { hosts, subnet } = await readState(config);
  const alive = await Promise.all(hosts.map(({ init }) => isAlive(init)));
  if (hosts.length > 0 && alive.every(Boolean) && subnet === config.subnet.cidr) return;
  if (hosts.length > 0) progress(`Lab "${config.name}" is broken or has another subnet: removing it first`);
  await removeLab(config);
}

async function prepareDirectory(config: LabConfig): Promise<void> {
  await createLabDirectory(config);
  const ssh = join(config.dir, "ssh");
  await mkdir(ssh, { recursive: true, mode: 0o700 });
  const key = join(ssh, "id_ed25519");
  if (!(await exists(key))) await run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", `ferry-lab-${config.name}`, "-f", key]);
  if (!(await exists(join(config.dir, "etc-hosts")))) await writeFile(join(config.dir, "etc-hosts"), hostsFile([]));
}

async function addMissingHosts(
  config: LabConfig,
  wanted: number,
  options: LabUpOptions,
  progress: Progress,
): Promise<readonly HostRecord[]> {
  const state = await readState(config);
  const missing = Array.from({ length: wanted }, (_, index) => index + 1).filter(
    (index) => !state.hosts.some((host) => host.index === index),
  );
  if (missing.length === 0) return state.hosts;
  progress(`Starting ${missing.map((index) => `compute${index}`).join(", ")}`);
  const added = await createAll(config, missing, options);
  const hosts = [...state.hosts, ...added].sort((left, right) => left.index - right.index);
  await announce(config, hosts, { ...state, subnet: config.subnet.cidr, hosts });
  return hosts;
}

/** Creates the hosts side by side. When one fails, none of them is left. */
async function createAll(config: LabConfig, indexes: readonly number[], options: LabUpOptions): Promise<HostRecord[]> {
  const removeAll = async (): Promise<void> => {
    await Promise.all(indexes.map((index) => removeHost(config, `compute${index}`)));
  };
  await removeAll(); // An earlier try may have died half-way.
  const results = await Promise.allSettled(indexes.map((index) => createHost(config, index, hostOptions(options, index))));
  const failed = results.find((result) => result.status === "rejected");
  if (failed === undefined) return results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  await removeAll();
  throw failed.reason;
}

function hostOptions(options: LabUpOptions, index: number): HostOptions {
  const limit = options.diskLimitsMiB?.[`compute${index}`];
  return limit === undefined ? {} : { diskLimitMiB: limit };
}

async function announce(config: LabConfig, hosts: readonly HostRecord[], state: LabState): Promise<void> {
  // In place, because the hosts have this very file mounted.
  await writeFile(join(config.dir, "etc-hosts"), hostsFile(hosts));
  await writeFile(join(config.dir, "ssh/known_hosts"), hosts.map(({ address, hostKey }) => `${address} ${hostKey}\n`).join(""));
  await writeFile(join(config.dir, "ssh/config"), sshClientConfig(config.dir, hosts));
  await routeBetweenHosts(config, hosts);
  await writeState(config, state);
}
