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
}

/**
 * What a server's cards may give out as the sender: `mac` their own MAC address only; `address` also only the IPv4 address that the card's
 * definition names as parameter IP (other protocols than IPv4 and ARP are stopped then).
 */
export type SpoofingGuard = "mac" | "address";
