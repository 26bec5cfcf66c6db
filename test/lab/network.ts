import type { LabConfig } from "./config.ts";
import { CommandError, run, tryRun } from "./run.ts";
import { hostAddress, overlaps, rootAddress } from "./subnet.ts";

/*
 * The lab's network, all of it in namespaces but one interface:
 *
 *   root namespace        fl-NAME (.1) ──┐
 *   ferrylab-NAME-net       root0 ── br-ctl ── ctlN, gstN        br-mig ── migN
 *   ferrylab-NAME-computeN  ctl0 (.10+N)   mig0 (same address)   br0 ── uplink0
 *   (storage/network.ts adds a third network when a guest needs it)
 *
 * br-ctl carries ferry's SSH and the guests' own traffic; br-mig carries only what hosts say to each other, because each
 * host has a route to every other one through mig0. So the migration link can be slowed or cut while SSH goes on.
 */

/** Name of the namespace that holds the bridges. */
export function bridgeNamespace(config: LabConfig): string {
  return `ferrylab-${config.name}-net`;
}

/** Name of the network namespace of a host. */
export function hostNamespace(config: LabConfig, hostName: string): string {
  return `ferrylab-${config.name}-${hostName}`;
}

/** The lab's only interface in the root namespace. */
export function rootInterface(config: LabConfig): string {
  return `fl-${config.name}`;
}

/** Runs a command in one of the lab's network namespaces. @throws CommandError */
export function runIn(namespace: string, argv: readonly string[]): Promise<string> {
  return run(["ip", "netns", "exec", namespace, ...argv]);
}

/** Names of this lab's namespaces that exist: hosts', bridges', storage server's. */
export async function listNamespaces(config: LabConfig): Promise<string[]> {
  const output = await run(["ip", "netns", "list"]);
  const names = output.split("\n").map((line) => line.split(" ")[0] ?? "");
  return names.filter((name) => new RegExp(`^ferrylab-${config.name}-(net|storage|compute\\d+)$`).test(name));
}

/**
 * Creates the bridges and the way into them from the root namespace; nothing when they exist.
 * @throws Error when the subnet overlaps a route of this machine.
 */
export async function createNetwork(config: LabConfig): Promise<void> {
  const namespace = bridgeNamespace(config);
  if ((await listNamespaces(config)).includes(namespace)) return;
  await refuseOverlap(config);
  await run(["ip", "netns", "add", namespace]);
  for (const bridge of ["br-ctl", "br-mig"]) {
    await runIn(namespace, ["ip", "link", "add", bridge, "type", "bridge", "forward_delay", "0"]);
    await runIn(namespace, ["ip", "link", "set", bridge, "up"]);
  }
  const outside = rootInterface(config);
  await run(["ip", "link", "add", outside, "type", "veth", "peer", "name", "root0", "netns", namespace]);
  await attach(namespace, "root0", "br-ctl");
  await run(["ip", "address", "add", `${rootAddress(config.subnet)}/24`, "dev", outside]);
  await run(["ip", "link", "set", outside, "up"]);
}

/** Creates the namespace and the three links of a host; nothing when the namespace exists. */
export async function createHostNetwork(config: LabConfig, hostName: string, index: number): Promise<void> {
  const namespace = hostNamespace(config, hostName);
  if ((await listNamespaces(config)).includes(namespace)) return;
  await run(["ip", "netns", "add", namespace]);
  await runIn(namespace, ["sysctl", "-qw", "net.ipv4.conf.all.rp_filter=0", "net.ipv4.conf.default.rp_filter=0"]);
  await runIn(namespace, ["ip", "link", "set", "lo", "up"]);
  await connect(config, namespace, "ctl0", `ctl${index}`, "br-ctl");
  await connect(config, namespace, "mig0", `mig${index}`, "br-mig");
  await connect(config, namespace, "uplink0", `gst${index}`, "br-ctl");
  await runIn(namespace, ["ip", "address", "add", `${hostAddress(config.subnet, index)}/24`, "dev", "ctl0"]);
  await runIn(namespace, ["ip", "link", "add", "br0", "type", "bridge", "forward_delay", "0"]);
  await runIn(namespace, ["ip", "link", "set", "br0", "up"]);
  await attach(namespace, "uplink0", "br0");
}

/** Lets every host reach every other one through the migration link. Repeating it is harmless. */
export async function routeBetweenHosts(config: LabConfig, hosts: readonly { name: string; address: string }[]): Promise<void> {
  for (const from of hosts) {
    for (const to of hosts) {
      if (from.address === to.address) continue;
      const route = ["ip", "route", "replace", `${to.address}/32`, "dev", "mig0", "src", from.address];
      await runIn(hostNamespace(config, from.name), route);
    }
  }
}

/** Removes a namespace with the interfaces in it; a missing one is fine. Its processes must have ended. */
export async function removeNamespace(name: string): Promise<void> {
  const result = await tryRun(["ip", "netns", "delete", name]);
  if (result.code === 0 || !(await run(["ip", "netns", "list"])).split(/\s/).includes(name)) return;
  throw new CommandError(["ip", "netns", "delete", name], result, `exit code ${result.code}`);
}

/** Removes the interface in the root namespace; a missing one is fine (the kernel takes it away, some time after its other end's namespace). */
export async function removeRootInterface(config: LabConfig): Promise<void> {
  const command = ["ip", "link", "delete", rootInterface(config)];
  const result = await tryRun(command);
  if (result.code === 0 || (await tryRun(["ip", "link", "show", "dev", rootInterface(config)])).code !== 0) return;
  throw new CommandError(command, result, `exit code ${result.code}`);
}

/** A cable from a bridge of the lab to a machine: interface `inside` of its namespace, port `outside` of the bridge; both up. */
export async function connect(config: LabConfig, namespace: string, inside: string, outside: string, bridge: string): Promise<void> {
  const bridges = bridgeNamespace(config);
  await run(["ip", "-n", bridges, "link", "add", outside, "type", "veth", "peer", "name", inside, "netns", namespace]);
  await attach(bridges, outside, bridge);
  await runIn(namespace, ["ip", "link", "set", inside, "up"]);
}

async function attach(namespace: string, link: string, bridge: string): Promise<void> {
  await runIn(namespace, ["ip", "link", "set", link, "master", bridge, "up"]);
}

async function refuseOverlap(config: LabConfig): Promise<void> {
  const routes = JSON.parse(await run(["ip", "-json", "-4", "route", "show", "table", "all"])) as { dst?: string; dev?: string }[];
  const other = routes.find(({ dst, dev }) => dst !== undefined && dev !== rootInterface(config) && overlaps(dst, config.subnet.cidr));
  if (other === undefined) return;
  throw new Error(
    `Cannot use lab subnet ${config.subnet.cidr}: this machine has a route to ${other.dst} through ${other.dev}; set FERRY_LAB_SUBNET to a free IPv4 /24.`,
  );
}
