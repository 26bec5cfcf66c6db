import { type HostAddress, type HostId, type HostPorts, type Hosts, MINUTE } from "@ferry/core";
import { libvirtFirewall } from "./firewall/nwfilter.ts";
import { libvirtHypervisor } from "./hypervisor/hypervisor.ts";
import { HostLink, type LinkOptions, type SshIdentity, type Tap } from "./link/host-link.ts";
import { libvirtNetwork } from "./network/networks.ts";
import { sshPeerAccess } from "./peer-access/peer-access.ts";
import { libvirtStorage } from "./storage/storage.ts";
import { libvirtTransfer } from "./transfer/transfer.ts";

export interface HostsOptions {
  /** The record's address of a host. Throws HOST_NOT_FOUND. Asked again and again, so that a changed address or key counts after `ADDRESS_HOLDS_MS`. */
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

/** A step uses a host many times within milliseconds; the record need not be read each time. */
const ADDRESS_HOLDS_MS = 1_000;

interface Opened {
  readonly askedAt: number;
  readonly link: HostLink;
  readonly ports: HostPorts;
}

/** The ports of all hosts, over SSH and libvirt. Nothing is connected before its first use. */
export function openHosts(options: HostsOptions): Hosts {
  const report = options.report ?? (() => undefined);
  const opened = new Map<HostId, Opened>();

  async function open(id: HostId): Promise<Opened> {
    const recent = opened.get(id);
    if (recent && performance.now() - recent.askedAt < ADDRESS_HOLDS_MS) return recent;
    const address = await options.addressOf(id);
    const askedAt = performance.now();
    const known = opened.get(id);
    if (known && sameAddress(known.link.address, address)) return remember(id, { ...known, askedAt });
    const link = new HostLink(address, { identity: options.identity, tap: options.tap, sshHost: options.sshHost });
    const fresh = { askedAt, link, ports: portsOf(link, report) };
    remember(id, fresh);
    await known?.link.close();
    return fresh;
  }

  function remember(id: HostId, one: Opened): Opened {
    opened.set(id, one);
    return one;
  }

  return {
    host: async (id) => (await open(id)).ports,
    hostAnew: async (id) => {
      const recent = opened.get(id);
      if (recent) remember(id, { ...recent, askedAt: Number.NEGATIVE_INFINITY });
      const { link, ports } = await open(id);
      link.forgetFailures();
      return ports;
    },
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
