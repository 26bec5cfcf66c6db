import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LabConfig } from "./config.ts";
import { exists, type ProcessId, readIfPresent } from "./processes.ts";

/** What a lab must remember about a host between two commands. */
export interface HostRecord {
  readonly name: string;
  /** Counted from 1; gives the address. */
  readonly index: number;
  readonly address: string;
  readonly sshPort: number;
  readonly uuid: string;
  /** Process 1 of the host's process namespace, as seen from outside. Its death ends everything on the host. */
  readonly init: ProcessId;
  /** Size of the `default` pool's file system in MiB, when it is limited. */
  readonly diskLimitMiB?: number;
  /** "SHA256:…", as `ssh-keygen -l` prints it. */
  readonly hostKeyFingerprint: string;
  /** "ssh-ed25519 AAAA…" without a comment. */
  readonly hostKey: string;
}

/** What a lab must remember about a guest. It holds no host: a guest moves. */
export interface GuestRecord {
  readonly name: string;
  /** Counted from 1; gives MAC and IPv4 address. */
  readonly index: number;
  readonly address: string;
  readonly mac: string;
}

/** What a lab must remember about its storage besides what its files tell. */
export interface StorageRecord {
  /** Process 1 of the storage server. */
  readonly init: ProcessId;
}

/** The content of state.json. */
export interface LabState {
  readonly name: string;
  readonly subnet: string;
  readonly hosts: readonly HostRecord[];
  readonly guests: readonly GuestRecord[];
  /** Absent until a guest needs the storage server. */
  readonly storage?: StorageRecord;
  /** True once /srv/shared is a file system that the hosts share, with a pool on it. */
  readonly sharedDirectory?: boolean;
  /** True once every host has an Open vSwitch. */
  readonly openVswitch?: boolean;
}

const MARKER = ".ferry-lab";

/**
 * Creates the lab's directory and marks it as ours, because `removeLabDirectory` deletes it with all that it holds.
 * @throws Error when the directory exists, holds files and is not a lab's.
 */
export async function createLabDirectory(config: LabConfig): Promise<void> {
  await mkdir(config.dir, { recursive: true });
  if (!(await exists(join(config.dir, MARKER))) && (await readdir(config.dir)).length > 0) {
    throw new Error(
      `Cannot use ${config.dir} for lab "${config.name}": it holds files of something else; set FERRY_LAB_DIR to a new directory.`,
    );
  }
  await writeFile(join(config.dir, MARKER), `${config.name}\n`);
}

/** Deletes the lab's directory, if it is one. */
export async function removeLabDirectory(config: LabConfig): Promise<void> {
  if (await exists(join(config.dir, MARKER))) await rm(config.dir, { recursive: true, force: true });
}

/** Reads the lab's state; an empty state when the lab is down. */
export async function readState(config: LabConfig): Promise<LabState> {
  const content = await readIfPresent(statePath(config));
  if (content === undefined) return { name: config.name, subnet: config.subnet.cidr, hosts: [], guests: [] };
  return JSON.parse(content) as LabState;
}

/** Replaces the lab's state in one step: a reader sees the old or the new one, never a part. */
export async function writeState(config: LabConfig, state: LabState): Promise<void> {
  const temporary = `${statePath(config)}.${process.pid}`;
  await writeFile(temporary, `${JSON.stringify(state, null, 2)}\n`);
  await rename(temporary, statePath(config));
}

function statePath(config: LabConfig): string {
  return join(config.dir, "state.json");
}
