import { type HostAddress, type HostId, type HostPorts, type Hosts, MINUTE } from "@ferry/core";
import { libvirtFirewall } from "./firewall/nwfilter.ts";
import { libvirtHypervisor } from "./hypervisor/hypervisor.ts";
import { HostLink, type LinkOptions, type SshIdentity, type Tap } from "./link/host-link.ts";
import { libvirtNetwork } from "./network/networks.ts";
import { sshPeerAccess } from "./peer-access/peer-access.ts";
import { libvirtStorage } from "./storage/storage.ts";
import { libvirtTransfer } from "./transfer/transfer.ts";

export interface HostsOptions {
  /** The record's address of a host. Throws HOST_NOT_FOUND. Asked at each use, so that a changed address or key counts at once. */
  readonly addressOf: (id: HostId) => Promise<HostAddress>;
  readonly identity: SshIdentity;
  /** Told of problems that stop nothing: a guest whose definition cannot be read. Default: nobody. */
  readonly report?: (problem: Error) => void;
  /** How long the end of a transfer is looked for while hosts are silent (ms); then its outcome is `unknown`. Default one minute. */
  readonly patienceMs?: number;
  /** For tests: called before each call of a transfer. */
  readonly tap?: Tap;
  /** For tests: a stand-in for the SSH connection to a host. */
  readonly sshHost?: LinkOptions["sshHost"];
}

interface Opened {
  readonly link: HostLink;
  readonly ports: HostPorts;
}

/** The ports of all hosts, over SSH and libvirt. Nothing is connected before its first use. */
export function openHosts(options: HostsOptions): Hosts {
  const report = options.report ?? (() => undefined);
  const opened = new Map<HostId, Opened>();

  async function open(id: HostId): Promise<Opened> {
    const address = await options.addressOf(id);
    const known = opened.get(id);
    if (known && sameAddress(known.link.address, address)) return known;
    const link = new HostLink(address, { identity: options.identity, tap: options.tap, sshHost: options.sshHost });
    const fresh = { link, ports: portsOf(link, report) };
    opened.set(id, fresh);
    await known?.link.close();
    return fresh;
  }

  return {
    host: async (id) => (await open(id)).ports,
    transfer: libvirtTransfer({ linkOf: async (id) => (await open(id)).link, patienceMs: options.patienceMs ?? MINUTE, report }),
    close: async () => {
      await Promise.all([...opened.values()].map(({ link }) => link.close()));
      opened.clear();
    },
  };
}

function portsOf(link: HostLink, report: (problem: Error) => void): HostPorts {
  return {
    address: link.address,
    hypervisor: libvirtHypervisor(link, report),
    storage: libvirtStorage(link),
    network: libvirtNetwork(link),
    firewall: libvirtFirewall(link),
    peerAccess: sshPeerAccess(link),
  };
}

const sameAddress = (a: HostAddress, b: HostAddress): boolean =>
  (Object.keys(b) as (keyof HostAddress)[]).every((key) => a[key] === b[key]);
