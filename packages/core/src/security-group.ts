import type { HostId, ServerId } from "./ids.ts";

/** Nova's word for a set of rules that let traffic in to servers. What no rule lets in stays out; what a server sends is free. */
export interface SecurityGroup {
  /** A uuid. */
  readonly id: string;
  readonly rules: readonly SecurityGroupRule[];
}

export interface SecurityGroupRule {
  /** Null: every protocol. */
  readonly protocol: "tcp" | "udp" | "icmp" | null;
  /** First port; for `icmp` the type. Null: all. */
  readonly fromPort: number | null;
  /** Last port; for `icmp` the code. Null: all, or for ports the first one alone. */
  readonly toPort: number | null;
  /** Who may send it, IPv4 or IPv6: `10.0.0.0/8`, `::/0`. */
  readonly cidr: string;
  /** Only from the card of this MAC address, which must be on the same network segment: how a rule for the members of a group is carried out. */
  readonly mac?: string;
}

/** A rule as it is kept: for a network, or for the members of a group. */
export interface StoredSecurityGroupRule extends Omit<SecurityGroupRule, "cidr" | "mac"> {
  readonly id: string;
  readonly groupId: string;
  /** Null exactly when it is for a group's members. */
  readonly cidr: string | null;
  readonly remoteGroupId: string | null;
  /** Name and project of that group. */
  readonly remoteGroup: { readonly name: string; readonly projectId: string } | null;
}

/** A group as it is kept. */
export interface StoredSecurityGroup {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly description: string;
  readonly rules: readonly StoredSecurityGroupRule[];
}

/** What guards a server. */
export interface ServerGuard {
  /** Rules for members of a group are rules for these members' cards here. */
  readonly groups: readonly SecurityGroup[];
  /** MAC -> the IPv4 address that the card is held to, when that of every card is known; null: each is held to its MAC address only. */
  readonly addresses: Readonly<Record<string, string>> | null;
}

/** What a server's firewall has to be now; the worker's order. */
export interface FirewallOrder extends ServerGuard {
  readonly serverId: ServerId;
  readonly hostId: HostId;
  readonly revision: number;
  /** A migration owns the server: number and the other hosts that it concerns. */
  readonly migration: { readonly number: number; readonly hostIds: readonly HostId[] } | null;
}

/** Right to bring a server's firewall in line; the token grows with each owner. */
export interface FirewallLease {
  readonly serverId: ServerId;
  readonly owner: string;
  readonly token: number;
}

/**
 * What a server's cards may give out as the sender: `mac` their own MAC address only; `address` also only the IPv4 address that the card's
 * definition names as parameter IP (other protocols than IPv4 and ARP are stopped then).
 */
export type SpoofingGuard = "mac" | "address";

/** Name of the group that each project has from the first use on; it can be neither renamed nor deleted. */
export const defaultGroupName = "default";

/** Name of the network filter that guards a server, on every host: its own, so that no other server's rules change with it. */
export const guardName = (serverId: string): string => `ferry-server-${serverId}`;

/** Why libvirt's network filters cannot guard the guest's cards, as a phrase; null when they can. `filter` is the name of the one that is to do it. */
export function unguardable(
  guest: {
    readonly virtType?: string;
    readonly interfaces?: readonly {
      readonly mac: string;
      readonly type: string;
      readonly virtualPort: string | null;
      readonly filter: string | null;
    }[];
  },
  filter: string,
): string | null {
  if (guest.virtType === "xen") return "its hypervisor, Xen, knows no network filters";
  for (const { mac, type, virtualPort, filter: present } of guest.interfaces ?? []) {
    if (!guardableTypes.includes(type)) return `libvirt cannot filter its card ${mac} of type ${type}`;
    if (virtualPort !== null) return `libvirt cannot filter its card ${mac} on a switch port of ${virtualPort}`;
    if (present !== null && present !== filter) return `its card ${mac} has the network filter ${present}, which would be lost`;
  }
  return null;
}

const guardableTypes: readonly string[] = ["bridge", "network", "ethernet"];
