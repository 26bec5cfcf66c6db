import { fail, type HostId, hasCode, type NetworkMap } from "@ferry/core";
import type { Store, StoredHost } from "@ferry/store";
import type { Inquirer } from "./inquire.ts";
import { checkNetworkMap } from "./network-map.ts";

/** The body of POST /ferry/v1/hosts, checked and with its defaults. */
export interface HostAddition {
  readonly name?: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly host_key: string;
  readonly migration_address?: string;
  readonly uri: string;
  readonly network_map?: NetworkMap;
}

export interface AddedHost {
  readonly id: HostId;
  /** Whether its guests are in the record already. */
  readonly adopted: boolean;
}

/**
 * Enters a host and has a worker look at it. What the look refuses (login, host key, libvirt) is thrown, and the host is not in the record. A silent
 * worker leaves the host as `adding`: it looks when it is back.
 */
export async function addHost(store: Store, inquirer: Inquirer, addition: HostAddition): Promise<AddedHost> {
  checkNetworkMap(addition.network_map ?? {});
  const host = await enter(store, addition);
  try {
    await inquirer.ask("probe-host", { hostId: host.id });
  } catch (error) {
    if (hasCode(error, "WORKER_SILENT")) return { id: host.id, adopted: false };
    await store.hosts.remove(host.id);
    throw error;
  }
  if (addition.name === undefined) await takeOwnName(store, host);
  return { id: host.id, adopted: true };
}

async function enter(store: Store, addition: HostAddition): Promise<StoredHost> {
  const { name, address, port, user, host_key: hostKey, migration_address: migrationAddress, uri } = addition;
  const provisional = address.replaceAll(/[^a-zA-Z0-9._-]/g, "-");
  if (await store.hosts.find(name ?? provisional)) throw fail("HOST_EXISTS", { name: name ?? provisional });
  return await store.hosts.add({
    name: name ?? provisional,
    address,
    port,
    user,
    hostKey,
    uri,
    migrationAddress: migrationAddress ?? null,
    networkMap: addition.network_map ?? {},
  });
}

/** A host added without a name gets the one it calls itself, unless another host has it: then it keeps its address. */
async function takeOwnName(store: Store, host: StoredHost): Promise<void> {
  const hostname = (await store.hosts.find(host.id))?.facts?.hostname;
  if (hostname === undefined || !/^[a-zA-Z0-9._-]{1,255}$/.test(hostname)) return;
  try {
    await store.hostNames.rename(host.id, hostname);
  } catch (error) {
    if (!hasCode(error, "HOST_EXISTS")) throw error;
  }
}
