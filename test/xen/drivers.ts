import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type HostPorts, type Hosts, migrationId, type TransferOutcome, type TransferRequest } from "@ferry/core";
import { openHosts } from "@ferry/hosts";
import { destinationDomain, sameEverywhere } from "@ferry/libvirt-xml";
import { GUEST } from "./guest.ts";
import type { XenLab } from "./lab.ts";

/** ferry's own drivers for both hosts of the lab, without the rest of ferry. */
export class XenDrivers {
  readonly hosts: Hosts;
  readonly first: HostPorts;
  readonly second: HostPorts;

  private constructor(hosts: Hosts, first: HostPorts, second: HostPorts) {
    this.hosts = hosts;
    this.first = first;
    this.second = second;
  }

  static async open(lab: XenLab): Promise<XenDrivers> {
    const [one, two] = [lab.address(lab.hosts[0]), lab.address(lab.hosts[1])];
    const hosts = openHosts({
      addressOf: async (id) => (id === one.id ? one : two),
      identity: { privateKey: await readFile(lab.privateKeyPath, "utf8"), publicKey: "ssh-ed25519 AAAA xen-lab" },
      patienceMs: 20_000,
    });
    return new XenDrivers(hosts, await hosts.host(one.id), await hosts.host(two.id));
  }

  /** Does what the plan does around a transfer, key included, and waits until the source has let go. */
  async transfer(from: HostPorts, to: HostPorts): Promise<TransferOutcome> {
    const tag = randomUUID();
    const request = await this.request(from, to, tag);
    try {
      const outcome = await this.hosts.transfer.run(request, from.address.id, to.address.id, new AbortController().signal);
      await this.hosts.transfer.settle(request.migrationId);
      return outcome;
    } finally {
      for (const host of [from, to]) await host.peerAccess.withdraw(tag);
    }
  }

  private async request(from: HostPorts, to: HostPorts, tag: string): Promise<TransferRequest> {
    const { migrationAddress: address, port, hostKey, user } = to.address;
    const [live, persistent] = [
      await from.hypervisor.document(GUEST.uuid, "live"),
      await from.hypervisor.document(GUEST.uuid, "persistent"),
    ];
    const { publicKey, privateKeyPath } = await from.peerAccess.placeSourceKey(tag, { address, port, hostKey });
    const expiresAt = new Date(Date.now() + 3_600_000);
    await to.peerAccess.admitKey(tag, { publicKey, sourceAddress: from.address.migrationAddress, expiresAt });
    return {
      migrationId: migrationId(tag),
      guest: GUEST,
      transport: "p2p",
      liveXml: destinationDomain(live?.xml ?? "", sameEverywhere),
      persistentXml: destinationDomain(persistent?.xml ?? "", sameEverywhere),
      destinationAddress: address,
      listenAddress: address,
      copyDisks: [],
      copyMode: "full",
      peer: { user, port, privateKeyPath },
      bandwidthMiBps: 0,
      paused: false,
      tunnelled: false,
      unsafe: false,
    };
  }
}
