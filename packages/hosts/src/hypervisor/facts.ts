import { type HostFacts, isFerryError } from "@ferry/core";
import { type LibvirtConnection, readDaemonFacts } from "@ferry/libvirt";
import { type Capabilities, parseCapabilities } from "@ferry/libvirt-xml";
import type { HostLink } from "../link/host-link.ts";
import { readNetworks } from "../network/networks.ts";
import { readPools } from "../storage/pools.ts";
import { bootId, hostInterfaces, loadAverages, loggedIn, uptimeSeconds } from "./host-interfaces.ts";
import { readMemory } from "./memory.ts";
import { traitsOf } from "./traits/traits-of.ts";

/** All that ferry wants to know of a host, read anew. */
export async function readFacts(link: HostLink): Promise<HostFacts> {
  const [fromLibvirt, fromFiles] = await Promise.all([
    link.ask("read the facts", (connection) => libvirtFacts(connection, (xml) => capabilitiesOf(link, xml))),
    fileFacts(link),
  ]);
  link.rememberVersion(fromLibvirt.libvirtVersion);
  const { hostUuid, moves } = traitsOf(link.address.uri);
  const uuid = await link.translated("read the machine's uuid", () =>
    hostUuid(fromLibvirt.hostUuid, async () => (await link.session()).files),
  );
  return { ...fromLibvirt, ...fromFiles, hostUuid: uuid ?? link.address.id, moves };
}

/** The last text of each host and what it says: it is long and hardly ever changes. */
const readBefore = new WeakMap<HostLink, { readonly xml: string; readonly capabilities: Capabilities }>();

function capabilitiesOf(link: HostLink, xml: string): Capabilities {
  const before = readBefore.get(link);
  if (before?.xml === xml) return before.capabilities;
  const capabilities = parseCapabilities(xml);
  readBefore.set(link, { xml, capabilities });
  return capabilities;
}

async function libvirtFacts(
  connection: LibvirtConnection,
  parse: (capabilities: string) => Capabilities,
): Promise<
  Omit<HostFacts, "bridges" | "uptimeSeconds" | "loadAverages" | "users" | "bootId" | "moves" | "hostUuid"> & Pick<Capabilities, "hostUuid">
> {
  const daemon = await readDaemonFacts(connection);
  const [{ capabilities: xml }, memory, { cpus }, pools, networks] = await Promise.all([
    connection.call("connectGetCapabilities"),
    readMemory(connection),
    connection.call("nodeGetInfo"),
    readPools(connection),
    readNetworks(connection),
  ]);
  const { hostUuid, arch, cpuModel, cpuVendor, cpuFeatures, cpuTopology, machines } = parse(xml);
  return {
    hostname: daemon.hostname,
    hostUuid,
    hypervisorType: daemon.driver,
    hypervisorVersion: daemon.hypervisorVersion,
    libvirtVersion: daemon.libvirtVersion,
    arch,
    cpuModel,
    cpuVendor,
    cpuFeatures,
    cpuTopology,
    cpus,
    memoryTotalKiB: memory.totalKiB,
    memoryAvailableKiB: memory.availableKiB,
    machines,
    pools,
    networks,
  };
}

/** Facts that libvirt does not tell. A host whose sshd offers no SFTP lacks them; libvirt works there all the same. */
async function fileFacts(link: HostLink): Promise<Pick<HostFacts, "bridges" | "uptimeSeconds" | "loadAverages" | "users" | "bootId">> {
  const session = await link.session();
  const [bridges, uptime, boot, load, users] = await Promise.allSettled([
    link.translated("list the network interfaces", () => hostInterfaces(session)),
    link.translated("read the uptime", () => uptimeSeconds(session)),
    link.translated("read the boot id", () => bootId(session)),
    link.translated("read the load", () => loadAverages(session)),
    link.translated("read who is logged in", () => loggedIn(session)),
  ]);
  for (const outcome of [bridges, uptime, boot, load, users])
    if (outcome.status === "rejected" && !isFerryError(outcome.reason)) throw outcome.reason;
  return {
    bridges: bridges.status === "fulfilled" ? bridges.value : [],
    uptimeSeconds: uptime.status === "fulfilled" ? uptime.value : null,
    loadAverages: load.status === "fulfilled" ? load.value : null,
    users: users.status === "fulfilled" ? users.value : null,
    bootId: boot.status === "fulfilled" ? boot.value : null,
  };
}
