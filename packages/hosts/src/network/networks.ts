import type { Network, NetworkFacts } from "@ferry/core";
import { isNotFound, type LibvirtConnection, type NetworkHandle } from "@ferry/libvirt";
import { parseNetwork } from "@ferry/libvirt-xml";
import type { HostLink } from "../link/host-link.ts";
import { unlessAlreadySo } from "../link/unless-already-so.ts";

/** All libvirt networks of the host, active or not. One that disappears meanwhile is left out. */
export async function readNetworks(connection: LibvirtConnection): Promise<NetworkFacts[]> {
  const { nets } = await connection.call("connectListAllNetworks", { needResults: 1, flags: 0 });
  const facts = await Promise.all(nets.map((net) => readNetwork(connection, net)));
  return facts.filter((fact) => fact !== null);
}

async function readNetwork(connection: LibvirtConnection, net: NetworkHandle): Promise<NetworkFacts | null> {
  try {
    const [{ active }, { xml }] = await Promise.all([
      connection.call("networkIsActive", { net }),
      connection.call("networkGetXmlDesc", { net, flags: 0 }),
    ]);
    const { name, bridge, portgroups, virtualPort } = parseNetwork(xml);
    return { name, active: active === 1, bridge, portgroups, virtualPort };
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** The network port of one host, over its libvirt. */
export function libvirtNetwork(link: HostLink): Network {
  return {
    networks: () => link.ask("list the networks", readNetworks),
    startNetwork: (name) => link.act(`start network ${name}`, (connection) => startNetwork(connection, name)),
    stopNetwork: (name) => link.act(`stop network ${name}`, (connection) => stopNetwork(connection, name)),
  };
}

async function startNetwork(connection: LibvirtConnection, name: string): Promise<{ started: boolean }> {
  const { net } = await connection.call("networkLookupByName", { name });
  return { started: await unlessAlreadySo(connection.call("networkCreate", { net })) };
}

async function stopNetwork(connection: LibvirtConnection, name: string): Promise<void> {
  try {
    const { net } = await connection.call("networkLookupByName", { name });
    await unlessAlreadySo(connection.call("networkDestroy", { net }));
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
