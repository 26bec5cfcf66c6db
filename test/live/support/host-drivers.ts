import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type HostAddress, type HostPorts, type Hosts, hostId, migrationId, type TransferRequest } from "@ferry/core";
import { openHosts, type Tap } from "@ferry/hosts";
import { destinationDomain, sameEverywhere } from "@ferry/libvirt-xml";
import type { Lab, LabHost } from "../../lab/index.ts";

/** The address record of a lab host. */
export function addressOf(host: LabHost): HostAddress {
  const { name, address, sshPort, hostKey } = host;
  return { id: hostId(name), name, address, port: sshPort, user: "root", hostKey, uri: "qemu:///system", migrationAddress: address };
}

/** Drivers for all hosts of the lab. A tap, when one is set, sees each call of a transfer. */
export function driversOf(
  lab: Lab,
  change: (address: HostAddress) => HostAddress = (address) => address,
): { hosts: Hosts; taps: Set<Tap> } {
  const taps = new Set<Tap>();
  const hosts = openHosts({
    addressOf: async (id) => {
      const host = lab.hosts.find(({ name }) => name === id);
      if (!host) throw new Error(`No lab host ${id}`);
      return change(addressOf(host));
    },
    identity: { privateKey: readFileSync(lab.privateKeyPath, "utf8"), publicKey: "ssh-ed25519 AAAA ferry" },
    patienceMs: 20_000,
    tap: (moment) => {
      for (const tap of taps) tap(moment);
    },
  });
  return { hosts, taps };
}

/** What a plan would do before a transfer, in short: the target volume, the filter, the key between the hosts, both definitions. */
export async function prepareMove(
  from: HostPorts,
  to: HostPorts,
  uuid: string,
  transport: "p2p" | "direct",
): Promise<{ request: TransferRequest; path: string }> {
  const live = await from.hypervisor.document(uuid, "live");
  const persistent = await from.hypervisor.document(uuid, "persistent");
  const disk = live?.definition.disks[0];
  if (!live || !persistent || disk?.source.type !== "file") throw new Error("The test guest needs a file as its first disk");
  const { path } = disk.source;
  await makeRoom(from, to, uuid, path);
  const id = migrationId(randomUUID());
  const vda = { place: disk.source, backing: [] };
  return {
    path,
    request: {
      migrationId: id,
      guest: { uuid, name: live.definition.name },
      transport,
      liveXml: destinationDomain(live.xml, { ...sameEverywhere, disks: { vda } }),
      persistentXml: destinationDomain(persistent.xml, { ...sameEverywhere, disks: { vda: { ...vda, backing: "undeclared" } } }),
      destinationAddress: to.address.migrationAddress,
      listenAddress: to.address.migrationAddress,
      copyDisks: ["vda"],
      copyMode: "full",
      peer: transport === "p2p" ? await exchangeKey(from, to, id) : null,
      bandwidthMiBps: 0,
      paused: false,
      tunnelled: false,
      unsafe: false,
    },
  };
}

async function makeRoom(from: HostPorts, to: HostPorts, uuid: string, path: string): Promise<void> {
  const { capacityBytes } = await from.storage.diskSize(uuid, "vda");
  await to.storage.deleteVolume(path);
  await to.storage.createVolume({ pool: "default", name: path.split("/").at(-1) ?? "", format: "qcow2", capacityBytes, backing: null });
  const filter = await from.firewall.filter("lab-guest");
  if (filter) await to.firewall.define(filter);
}

async function exchangeKey(from: HostPorts, to: HostPorts, tag: string): Promise<TransferRequest["peer"]> {
  const { migrationAddress: address, port, hostKey, user } = to.address;
  const { publicKey, privateKeyPath } = await from.peerAccess.placeSourceKey(tag, { address, port, hostKey });
  const expiresAt = new Date(Date.now() + 3_600_000);
  await to.peerAccess.admitKey(tag, { publicKey, sourceAddress: from.address.migrationAddress, expiresAt });
  return { user, port, privateKeyPath };
}

/** What a plan would do afterwards: forget the guest where it is not, and take the key back. */
export async function cleanUp(away: HostPorts, others: readonly HostPorts[], uuid: string, path: string, tag: string): Promise<void> {
  await away.hypervisor.destroy(uuid);
  await away.hypervisor.undefine(uuid);
  await away.storage.deleteVolume(path);
  for (const host of [away, ...others]) await host.peerAccess.withdraw(tag);
}

/** The same for a guest whose disk lies on a base image: the base is brought over whole, the top layer gets another file name. */
export async function prepareOverlayMove(
  from: HostPorts,
  to: HostPorts,
  uuid: string,
  newName: string,
): Promise<{ request: TransferRequest; path: string }> {
  await from.storage.refreshPool("default");
  const { request } = await prepareMove(from, to, uuid, "direct");
  const top = (await from.hypervisor.document(uuid, "live"))?.definition.disks[0];
  const backing = await bringBase(from, to, top?.backing[0]?.path ?? "");
  const { capacityBytes } = await from.storage.diskSize(uuid, "vda");
  const { path } = await to.storage.createVolume({ pool: "default", name: newName, format: "qcow2", capacityBytes, backing });
  const place = { type: "file", path } as const;
  return {
    path,
    request: {
      ...request,
      liveXml: destinationDomain(request.liveXml, { ...sameEverywhere, disks: { vda: { place, backing: [backing] } } }),
      persistentXml: destinationDomain(request.persistentXml, { ...sameEverywhere, disks: { vda: { place, backing: "undeclared" } } }),
      copyMode: "incremental",
    },
  };
}

async function bringBase(from: HostPorts, to: HostPorts, path: string): Promise<{ path: string; format: string }> {
  const base = await from.storage.volumeAt(path);
  if (base?.format !== "qcow2") throw new Error("The test guest needs a qcow2 base image in a pool");
  const { name, format, capacityBytes, fileBytes } = base;
  const { signal } = new AbortController();
  if (!(await to.storage.volumeAt(path))) {
    await to.storage.createVolume({ pool: "default", name, format, capacityBytes, backing: null });
    await to.storage.upload(path, from.storage.download(path, signal), fileBytes, signal);
  }
  return { path, format };
}
