import {
  type FilterDocument,
  type GuestDefinition,
  type GuestDisk,
  type HostPorts,
  isFerryError,
  type MigrationOrder,
  type PoolFacts,
  type VolumeFacts,
} from "@ferry/core";
import type { DiskFacts, SourceFacts } from "../facts.ts";
import { directoryOf, diskPath, filePools, isDevice } from "../policy/disk-path.ts";
import { undeclaredLayer } from "../policy/image-headers.ts";
import type { CheckPorts } from "../ports.ts";
import { withChainFromHeaders } from "./chain-from-headers.ts";

/** Asks the source, in parallel, all that the checks need. A silent source is a fact, not an error. */
export async function gatherSource(order: MigrationOrder, ports: CheckPorts): Promise<SourceFacts> {
  const [record, host] = await Promise.all([ports.store.host(order.sourceHostId), ports.hosts.host(order.sourceHostId)]);
  const silent = {
    record,
    address: host.address,
    observation: { kind: "unreachable", problem: "" } as const,
    guest: null,
    persistent: null,
    suspended: false,
    disks: [],
    filters: {},
    canPeer: false,
  };
  try {
    return { ...silent, ...(await askSource(host, order.serverId)), problem: null };
  } catch (error) {
    if (!isFerryError(error)) throw error;
    return { ...silent, host: null, problem: { code: error.code, sentence: error.message } };
  }
}

async function askSource(host: HostPorts, uuid: string) {
  const { hypervisor, peerAccess } = host;
  const [facts, observation, live, persistent, canPeer] = await Promise.all([
    hypervisor.facts(),
    hypervisor.observe(uuid),
    hypervisor.document(uuid, "live"),
    hypervisor.document(uuid, "persistent"),
    peerAccess.canPeer("source"),
  ]);
  const isOff = observation.kind === "present" && observation.state === "shutoff";
  const guest = live && isOff ? await withChains(live.definition, host, facts.pools) : (live?.definition ?? null);
  const disksOf = (one: GuestDefinition) =>
    Promise.all(one.disks.filter(hasContent).map((disk) => freshDisk(disk, { host, uuid, pools: facts.pools })));
  const [disks, filters] = guest ? await Promise.all([disksOf(guest), filterFacts(host, guest)]) : [[], {}];
  const suspended = isOff && (await hypervisor.hasManagedSave(uuid));
  return { host: facts, observation, guest, persistent: persistent?.definition ?? null, suspended, disks, filters, canPeer };
}

async function withChains(guest: GuestDefinition, host: HostPorts, pools: readonly PoolFacts[]): Promise<GuestDefinition> {
  return { ...guest, disks: await Promise.all(guest.disks.map((disk) => withChainFromHeaders(disk, host, pools))) };
}

/** Nothing of a network disk is ever copied. */
const noSize = { capacityBytes: 0, allocationBytes: 0 };

const hasContent = ({ source }: GuestDisk): boolean => source.type !== "none" && source.type !== "other";

interface Place {
  readonly host: HostPorts;
  readonly uuid: string;
  readonly pools: readonly PoolFacts[];
}

/** libvirt knows a pool as it was at its last refresh. A file that it does not know, or a chain that does not fit, may only be news. */
async function freshDisk(disk: GuestDisk, place: Place): Promise<DiskFacts> {
  const seen = await oneDisk(disk, place);
  if (!mayBeOutdated(disk, seen)) return seen;
  const directories = [seen.path, ...disk.backing.map(({ path }) => path)].flatMap((path) => (path === null ? [] : [directoryOf(path)]));
  const pools = filePools(place.pools).filter(({ active, path }) => active && directories.includes(path));
  if (pools.length === 0) return seen;
  await Promise.all(pools.map(({ name }) => place.host.storage.refreshPool(name)));
  return oneDisk(disk, place);
}

const mayBeOutdated = (disk: GuestDisk, seen: DiskFacts): boolean =>
  seen.path !== null &&
  seen.device === null &&
  (seen.volume === null || seen.backing.includes(null) || undeclaredLayer(disk, seen, "whole") !== null);

async function oneDisk(disk: GuestDisk, { host, uuid, pools }: Place): Promise<DiskFacts> {
  const { storage } = host;
  const path = diskPath(disk, pools);
  const [volume, device, size, ...layers] = await Promise.all([
    path === null ? null : storage.volumeAt(path),
    path !== null && isDevice(disk, pools) ? storage.deviceAt(path) : null,
    disk.source.type === "network" ? noSize : storage.diskSize(uuid, disk.target),
    ...disk.backing.map((layer) => storage.volumeAt(layer.path)),
  ]);
  const backing = layers.map((layer: VolumeFacts | null, index) => layer && { ...layer, format: disk.backing[index]?.format ?? null });
  const { capacityBytes, allocationBytes } = size;
  return { target: disk.target, path, volume, device, capacityBytes, allocationBytes, backing };
}

/** The guest's filters and, step by step, those they refer to. */
async function filterFacts(host: HostPorts, guest: GuestDefinition): Promise<Record<string, FilterDocument | null>> {
  const found: Record<string, FilterDocument | null> = {};
  let names = guest.interfaces.flatMap((nic) => (nic.filter === null ? [] : [nic.filter]));
  while (names.length > 0) {
    const unique = [...new Set(names)].filter((name) => !(name in found));
    const documents = await Promise.all(unique.map((name) => host.firewall.filter(name)));
    unique.forEach((name, index) => {
      found[name] = documents[index] ?? null;
    });
    names = documents.flatMap((document) => document?.references ?? []).filter((name) => !(name in found));
  }
  return found;
}
