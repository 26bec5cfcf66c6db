import { readlink, rm, stat } from "node:fs/promises";
import type { LabConfig } from "./config.ts";
import { hostDirectory } from "./host.ts";
import { hostNamespace, listNamespaces, removeNamespace, removeRootInterface } from "./network.ts";
import { identify, isMissing, killProcess } from "./processes.ts";
import { run } from "./run.ts";
import { readState, removeLabDirectory } from "./state.ts";
import { detachBlockDevices } from "./storage/block-device.ts";

/**
 * Removes everything of the lab, also of one that crashed half-way: processes by recorded identity and by membership in
 * the lab's network namespaces, then namespaces, interface, block devices and files. Repeating it is harmless.
 */
export async function removeLab(config: LabConfig): Promise<void> {
  const state = await readState(config);
  const machines = state.storage === undefined ? state.hosts : [...state.hosts, state.storage];
  await Promise.all(machines.map(({ init }) => killProcess(init)));
  for (const namespace of await listNamespaces(config)) await removeNamespaceWithMembers(namespace);
  await removeRootInterface(config);
  await detachBlockDevices(config);
  await removeLabDirectory(config);
}

/** Removes what there is of one host. Repeating it is harmless. */
export async function removeHost(config: LabConfig, name: string): Promise<void> {
  const namespace = hostNamespace(config, name);
  if ((await listNamespaces(config)).includes(namespace)) await removeNamespaceWithMembers(namespace);
  await rm(hostDirectory(config, name), { recursive: true, force: true });
}

/** Removes a network namespace of the lab with every process in it. */
export async function removeNamespaceWithMembers(namespace: string): Promise<void> {
  await killMembers(namespace);
  await removeNamespace(namespace);
}

/** Kills every process in a namespace of ours: membership proves that it is the lab's, whatever its pid was before. */
async function killMembers(namespace: string): Promise<void> {
  const pids = (await run(["ip", "netns", "pids", namespace])).split("\n").filter((line) => line !== "");
  for (const pid of pids) {
    const id = await identify(Number(pid));
    if (id !== undefined && (await isMember(id.pid, namespace))) await killProcess(id);
  }
}

async function isMember(pid: number, namespace: string): Promise<boolean> {
  try {
    const { ino } = await stat(`/run/netns/${namespace}`);
    return (await readlink(`/proc/${pid}/ns/net`)) === `net:[${ino}]`;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
