import { type GuestDefinition, type HostFacts, type HostPorts, isFerryError } from "@ferry/core";
import type { DestinationFacts, SourceFacts } from "../facts.ts";
import { allPortals, allSecrets, type Portal, portalKey, secretWords } from "../policy/network-portals.ts";
import { placementPaths } from "../policy/placement-paths.ts";
import { type CheckPorts, TRANSFER_PORTS } from "../ports.ts";
import type { Candidate } from "./look-at-candidates.ts";
import { proveShared } from "./prove-shared.ts";

/** Asks one candidate, in parallel, all that the checks of this guest need. A silent candidate is a fact, not an error. */
export async function gatherDestination(candidate: Candidate, source: SourceFacts, ports: CheckPorts): Promise<DestinationFacts> {
  const { record, host, facts, problem } = candidate;
  const unasked = silentDestination(candidate);
  if (!source.guest || source.record.id === record.id) return unasked;
  if (!facts) return { ...unasked, problem };
  try {
    return { ...unasked, host: facts, ...(await askDestination(host, facts, source, source.guest, ports)) };
  } catch (error) {
    if (!isFerryError(error)) throw error;
    return { ...unasked, problem: { code: error.code, sentence: error.message } };
  }
}

/** A candidate that was asked nothing. */
export function silentDestination({ record, host, claimedMiB }: Candidate): DestinationFacts {
  return {
    record,
    address: host.address,
    host: null,
    problem: null,
    observation: { kind: "unreachable", problem: "" },
    uuidOfName: null,
    volumes: {},
    sharedPaths: [],
    sharedFileSystems: {},
    devices: {},
    portals: {},
    secrets: {},
    filters: {},
    seesBridgedTraffic: null,
    cpu: null,
    canPeer: false,
    hostFiles: {},
    claimedMiB,
    sshReach: null,
    transferReach: null,
  };
}

async function askDestination(
  host: HostPorts,
  facts: HostFacts,
  source: SourceFacts,
  guest: GuestDefinition,
  ports: CheckPorts,
): Promise<Partial<DestinationFacts>> {
  const { hypervisor } = host;
  const [observation, uuidOfName, filters, seesBridgedTraffic, cpu, canPeer, hostFiles, reach, volumes, devices, portals, secrets] =
    await Promise.all([
      hypervisor.observe(guest.uuid),
      hypervisor.uuidOfName(guest.name),
      askFilters(host, Object.keys(source.filters)),
      askFirewall(host, source),
      compareCpu(host, guest),
      host.peerAccess.canPeer("destination"),
      askFiles(host, guest.hostFiles),
      askReach(host, source, ports),
      askVolumes(host, placementPaths(source, facts)),
      askDevices(host, source),
      askPortals(host, guest, ports),
      askSecrets(host, guest),
    ]);
  const sourceHost = await ports.hosts.host(source.record.id);
  const sharedPaths = await proveShared(source.disks, volumes, { ...ports, source: sourceHost, destination: host });
  const sharedFileSystems = await askFileSystems(sourceHost, sharedPaths);
  return {
    observation,
    uuidOfName,
    filters,
    seesBridgedTraffic,
    cpu,
    canPeer,
    hostFiles,
    ...reach,
    volumes,
    devices,
    portals,
    secrets,
    sharedPaths,
    sharedFileSystems,
  };
}

/** A definition without `<cpu>` takes the hypervisor's default, which goes with the machine type. */
export async function compareCpu(host: HostPorts, guest: GuestDefinition): Promise<DestinationFacts["cpu"]> {
  if (guest.cpuXml === null) return "superset";
  const { arch, virtType, machine, emulator } = guest;
  return host.hypervisor.compareCpu({ cpuXml: guest.cpuXml, arch, virtType, machine, emulator });
}

export async function askFilters(host: HostPorts, names: readonly string[]): Promise<DestinationFacts["filters"]> {
  const documents = await Promise.all(names.map((name) => host.firewall.filter(name)));
  return Object.fromEntries(names.map((name, index) => [name, documents[index] ?? null]));
}

const askFirewall = async ({ firewall }: HostPorts, { filters }: SourceFacts): Promise<boolean | null> =>
  Object.values(filters).some((filter) => filter?.filtersIp) ? await firewall.seesBridgedTraffic() : null;

export async function askFiles(host: HostPorts, paths: readonly string[]): Promise<DestinationFacts["hostFiles"]> {
  const present = await Promise.all(paths.map((path) => host.storage.fileExists(path)));
  return Object.fromEntries(paths.map((path, index) => [path, present[index] === true]));
}

/** Pools are refreshed first: files that others put there must be seen, or ferry would write over them. */
export async function askVolumes(
  host: HostPorts,
  places: { readonly pools: readonly string[]; readonly paths: readonly string[] },
): Promise<DestinationFacts["volumes"]> {
  await Promise.all(places.pools.map((pool) => host.storage.refreshPool(pool)));
  const volumes = await Promise.all(places.paths.map((path) => host.storage.volumeAt(path)));
  return Object.fromEntries(places.paths.map((path, index) => [path, volumes[index] ?? null]));
}

async function askFileSystems(host: HostPorts, paths: readonly string[]): Promise<DestinationFacts["sharedFileSystems"]> {
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await host.storage.fileSystemAt(path)] as const)));
}

async function askDevices(host: HostPorts, { disks }: SourceFacts): Promise<DestinationFacts["devices"]> {
  const paths = disks.flatMap(({ path, device }) => (path !== null && device !== null ? [path] : []));
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await host.storage.deviceAt(path)] as const)));
}

export async function askPortals(host: HostPorts, guest: GuestDefinition, { settings }: CheckPorts): Promise<DestinationFacts["portals"]> {
  const ask = ({ name, port }: Portal) => host.peerAccess.reach(name, port, settings.reachDeadlineMs);
  return Object.fromEntries(await Promise.all(allPortals(guest).map(async (portal) => [portalKey(portal), await ask(portal)] as const)));
}

export async function askSecrets(host: HostPorts, guest: GuestDefinition): Promise<DestinationFacts["secrets"]> {
  const answers = allSecrets(guest).map(async (secret) => [secretWords(secret), await host.storage.hasSecret(secret)] as const);
  return Object.fromEntries(await Promise.all(answers));
}

/**
 * Only a port on which nothing listens is tried: on the others a QEMU may wait for a guest that is on its way. The source is asked here, so its
 * silence must not count as the destination's: then both are null.
 */
async function askReach(
  host: HostPorts,
  source: SourceFacts,
  ports: CheckPorts,
): Promise<Pick<DestinationFacts, "sshReach" | "transferReach">> {
  const { peerAccess } = await ports.hosts.host(source.record.id);
  const { migrationAddress, port } = host.address;
  const { reachDeadlineMs, firstTransferPort } = ports.settings;
  const idle = await host.peerAccess.idlePort(firstTransferPort, TRANSFER_PORTS);
  try {
    const [sshReach, transferReach] = await Promise.all([
      peerAccess.reach(migrationAddress, port, reachDeadlineMs),
      idle === null ? ("untried" as const) : peerAccess.reach(migrationAddress, idle, reachDeadlineMs),
    ]);
    return { sshReach, transferReach };
  } catch (error) {
    if (!isFerryError(error)) throw error;
    return { sshReach: null, transferReach: null };
  }
}
