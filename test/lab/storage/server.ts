import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { LabConfig } from "../config.ts";
import { execOn } from "../host-exec.ts";
import type { Lab } from "../lab.ts";
import { withLock } from "../lock.ts";
import { startMachine } from "../machine.ts";
import { listNamespaces } from "../network.ts";
import { isAlive, type ProcessId } from "../processes.ts";
import { readState, writeState } from "../state.ts";
import { portalAddress } from "../subnet.ts";
import { removeNamespaceWithMembers } from "../teardown.ts";
import { connectToStorage, createStorageNetwork, storageNamespace } from "./network.ts";

/** The lab's storage server: a machine on the storage network, without libvirt. */
export interface StorageServer {
  readonly init: ProcessId;
  /** Its two addresses. */
  readonly portals: readonly [string, string];
}

/** Directories of the server, each seen there as /srv/NAME. */
const DIRECTORIES = ["etc", "log", "nfs", "iscsi"] as const;

/** Brings the lab's storage server up, with a service on it, or returns the one that is up. `startService` must be repeatable. */
export async function ensureStorageServer(lab: Lab, startService: (server: StorageServer) => Promise<void>): Promise<StorageServer> {
  const { config } = lab;
  return await withLock(config.name, async () => {
    const { storage, hosts } = await readState(config);
    const running = storage !== undefined && (await isAlive(storage.init));
    const init = running ? storage.init : await bootServer(config);
    for (const host of hosts) await connectToStorage(config, host);
    const server: StorageServer = { init, portals: [portalAddress(config.subnet, 1), portalAddress(config.subnet, 2)] };
    await startService(server);
    return server;
  });
}

/** Where a directory of the server is on this machine, whether the server is up or not. */
export function storageDirectory(config: LabConfig, name: (typeof DIRECTORIES)[number]): string {
  return join(config.dir, "storage", name);
}

async function bootServer(config: LabConfig): Promise<ProcessId> {
  const namespace = storageNamespace(config);
  if ((await listNamespaces(config)).includes(namespace)) await removeNamespaceWithMembers(namespace);
  for (const name of DIRECTORIES) await mkdir(storageDirectory(config, name), { recursive: true });
  await createStorageNetwork(config);
  const init = await startMachine(config, namespace, "the storage server");
  // Other namespaces' handles would be kept alive by this machine's copy of the mounts.
  await execOn({ init }, ["umount", "--all", "--types", "nsfs"]);
  const mount = (...args: string[]): Promise<string> => execOn({ init }, ["mount", ...args]);
  await mount("--bind", join(config.dir, "storage"), "/srv");
  await mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", "/run");
  await execOn({ init }, ["hostname", "storage"]);
  const state = await readState(config);
  await writeState(config, { ...state, storage: { init } });
  return init;
}
