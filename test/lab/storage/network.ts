import type { LabConfig } from "../config.ts";
import { bridgeNamespace, connect, hostNamespace, runIn } from "../network.ts";
import { run, tryRun } from "../run.ts";
import type { HostRecord } from "../state.ts";
import { portalAddress } from "../subnet.ts";

/*
 * The storage network. It exists once a guest has a disk on it:
 *
 *   ferrylab-NAME-storage   san1 (.2)   san2 (.3)
 *   ferrylab-NAME-net         san1 ──┐── san2 ── br-san ── stoN
 *   ferrylab-NAME-computeN  sto0 (the host's address)
 *
 * The two portals of the server are two cables: what comes in by one goes out by it, so that either may fail alone.
 */
const BRIDGE = "br-san";

/** The storage server's two addresses, by the number of the portal. */
export const PORTALS = [1, 2] as const;

/** Name of the storage server's network namespace. */
export function storageNamespace(config: LabConfig): string {
  return `ferrylab-${config.name}-storage`;
}

/** Creates the server's namespace, which must not exist, and its two cables. */
export async function createStorageNetwork(config: LabConfig): Promise<void> {
  const namespace = storageNamespace(config);
  await ensureBridge(config);
  await run(["ip", "netns", "add", namespace]);
  await runIn(namespace, ["ip", "link", "set", "lo", "up"]);
  // Each address belongs to its own cable alone.
  await runIn(namespace, ["sysctl", "-qw", "net.ipv4.conf.all.arp_ignore=1", "net.ipv4.conf.all.arp_announce=2"]);
  await runIn(namespace, ["sysctl", "-qw", "net.ipv4.conf.all.rp_filter=0", "net.ipv4.conf.default.rp_filter=0"]);
  for (const portal of PORTALS) await createPortal(config, namespace, portal);
}

/** Connects a host to the storage network; repeating it is harmless. */
export async function connectToStorage(config: LabConfig, host: HostRecord): Promise<void> {
  const namespace = hostNamespace(config, host.name);
  if ((await tryRun(["ip", "-n", namespace, "link", "show", "dev", "sto0"])).code !== 0) {
    await connect(config, namespace, "sto0", `sto${host.index}`, BRIDGE);
  }
  for (const portal of PORTALS) {
    const route = ["ip", "route", "replace", `${portalAddress(config.subnet, portal)}/32`, "dev", "sto0", "src", host.address];
    await runIn(namespace, route);
  }
}

async function ensureBridge(config: LabConfig): Promise<void> {
  const namespace = bridgeNamespace(config);
  if ((await tryRun(["ip", "-n", namespace, "link", "show", "dev", BRIDGE])).code === 0) return;
  await runIn(namespace, ["ip", "link", "add", BRIDGE, "type", "bridge", "forward_delay", "0"]);
  await runIn(namespace, ["ip", "link", "set", BRIDGE, "up"]);
}

async function createPortal(config: LabConfig, namespace: string, portal: (typeof PORTALS)[number]): Promise<void> {
  const [link, address, table] = [`san${portal}`, portalAddress(config.subnet, portal), String(100 + portal)];
  await connect(config, namespace, link, link, BRIDGE);
  await runIn(namespace, ["ip", "address", "add", `${address}/24`, "dev", link]);
  await runIn(namespace, ["ip", "route", "add", config.subnet.cidr, "dev", link, "src", address, "table", table]);
  await runIn(namespace, ["ip", "rule", "add", "from", address, "lookup", table]);
}
