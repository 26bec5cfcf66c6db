import type { HostId } from "../ids.ts";
import type { Firewall } from "./firewall.ts";
import type { Hypervisor } from "./hypervisor.ts";
import type { Network } from "./network.ts";
import type { PeerAccess } from "./peer-access.ts";
import type { Storage } from "./storage.ts";
import type { GuestTransfer } from "./transfer.ts";

/** Where and how to reach a host. `hostKey` is the pinned public key in OpenSSH's form, `ssh-ed25519 AAAA…`; there is no way to leave it out. */
export interface HostAddress {
  readonly id: HostId;
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly hostKey: string;
  /** libvirt URI as seen on the host, `qemu:///system`. */
  readonly uri: string;
  /** Address for memory and disk streams; the SSH address when none is set. */
  readonly migrationAddress: string;
}

/** The ports of one host. One SSH connection serves them all; it is opened on first use and again after a loss. */
export interface HostPorts {
  readonly address: HostAddress;
  readonly hypervisor: Hypervisor;
  readonly storage: Storage;
  readonly network: Network;
  readonly firewall: Firewall;
  readonly peerAccess: PeerAccess;
}

export interface Hosts {
  /** The ports of that host, from the record. Throws HOST_NOT_FOUND; does not connect yet. */
  host(id: HostId): Promise<HostPorts>;
  /**
   * The same, with nothing remembered: the record is read again, and the host is tried at once although it could not be reached a moment ago.
   * For somebody who has just repaired it.
   */
  hostAnew(id: HostId): Promise<HostPorts>;
  readonly transfer: GuestTransfer;
  close(): Promise<void>;
}
