import {
  type FilterDocument,
  type GuestDefinition,
  type GuestDisk,
  type HostPorts,
  isFerryError,
  type MigrationOrder,
  type VolumeFacts,
} from "@ferry/core";
import type { DiskFacts, SourceFacts } from "../facts.ts";
import { diskPath } from "../policy/disk-path.ts";
import type { CheckPorts } from "../ports.ts";

/** Asks the source, in parallel, all that the checks need. A silent source is a fact, not an error. */
export async function gatherSource(order: MigrationOrder, ports: CheckPorts): Promise<SourceFacts> {
  const [record, host] = await Promise.all([ports.store.host(order.sourceHostId), ports.hosts.host(order.sourceHostId)]);
  const silent = {
    record,
    address: host.address,
    observation: { kind: "unreachable", problem: "" } as const,
    guest: null,
    persistent: null,
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
  const guest = live?.definition ?? null;
  const disksOf = (one: GuestDefinition) =>
    Promise.all(one.disks.filter(hasContent).map((disk) => oneDisk(host, uuid, disk, diskPath(disk, facts.pools))));
  const [disks, filters] = guest ? await Promise.all([disksOf(guest), filterFacts(host, guest)]) : [[], {}];
  return { host: facts, observation, guest, persistent: persistent?.definition ?? null, disks, filters, canPeer };
}

const hasContent = ({ source }: GuestDisk): boolean => source.type !== "none" && source.type !== "other";

async function oneDisk(host: HostPorts, uuid: string, disk: GuestDisk, path: string | null): Promise<DiskFacts> {
  const [volume, size, ...layers] = await Promise.all([
    path === null ? null : host.storage.volumeAt(path),
    host.storage.diskSize(uuid, disk.target),
    ...disk.backing.map((layer) => host.storage.volumeAt(layer.path)),
  ]);
  const backing = layers.map((layer: VolumeFacts | null, index) => layer && { ...layer, format: disk.backing[index]?.format ?? null });
  return { target: disk.target, path, volume, capacityBytes: size.capacityBytes, allocationBytes: size.allocationBytes, backing };
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
