import { type FilterDocument, type GuestDefinition, type HostPorts, isFerryError, type VolumeFacts } from "@ferry/core";
import type { DiskFacts, SourceFacts } from "../facts.ts";
import type { CheckPorts } from "../ports.ts";

/** Asks the source, in parallel, all that the checks need. A silent source is a fact, not an error. */
export async function gatherSource(ports: CheckPorts): Promise<SourceFacts> {
  const order = await ports.store.order();
  const [record, host] = await Promise.all([ports.store.host(order.sourceHostId), ports.hosts.host(order.sourceHostId)]);
  const silent = {
    record,
    address: host.address,
    observation: { kind: "unreachable", problem: "" } as const,
    guest: null,
    disks: [],
    filters: {},
    canPeer: false,
  };
  try {
    const [facts, observation, document, canPeer] = await Promise.all([
      host.hypervisor.facts(),
      host.hypervisor.observe(order.serverId),
      host.hypervisor.document(order.serverId, "live"),
      host.peerAccess.canPeer("source"),
    ]);
    const guest = document?.definition ?? null;
    const [disks, filters] = guest ? await Promise.all([diskFacts(host, guest), filterFacts(host, guest)]) : [[], {}];
    return { ...silent, host: facts, problem: null, observation, guest, disks, filters, canPeer };
  } catch (error) {
    if (!isFerryError(error)) throw error;
    return { ...silent, host: null, problem: error.message };
  }
}

async function diskFacts(host: HostPorts, guest: GuestDefinition): Promise<DiskFacts[]> {
  return Promise.all(
    guest.disks.filter((disk) => disk.source.type !== "none" && disk.source.type !== "other").map((disk) => oneDisk(host, guest, disk)),
  );
}

async function oneDisk(host: HostPorts, guest: GuestDefinition, disk: GuestDefinition["disks"][number]): Promise<DiskFacts> {
  const path = disk.source.type === "file" || disk.source.type === "block" ? disk.source.path : null;
  const [volume, size, ...layers] = await Promise.all([
    path === null ? null : host.storage.volumeAt(path),
    host.storage.diskSize(guest.uuid, disk.target),
    ...disk.backing.map((layer) => host.storage.volumeAt(layer.path)),
  ]);
  const backing = layers.map((layer: VolumeFacts | null, index) => layer && { ...layer, format: disk.backing[index]?.format ?? null });
  return { target: disk.target, volume, capacityBytes: size.capacityBytes, allocationBytes: size.allocationBytes, backing };
}

/** The guest's filters and, step by step, those they refer to. */
export async function filterFacts(host: HostPorts, guest: GuestDefinition): Promise<Record<string, FilterDocument | null>> {
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
