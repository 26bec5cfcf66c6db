/** nwfilter rules of one host. */
export interface FilterDocument {
  readonly name: string;
  readonly uuid: string;
  /** The filter as libvirt stores it, normalised; equal text means equal rules. The uuid is left out. */
  readonly rulesXml: string;
  /** Names of the filters it refers to. */
  readonly references: readonly string[];
  /** Whether it has rules on TCP, UDP, ICMP or the like, which the host's IP firewall carries out; the others are the bridge's own. */
  readonly filtersIp: boolean;
}

export interface Firewall {
  /** The named filter, or null. */
  filter(name: string): Promise<FilterDocument | null>;
  /** Defines a filter under the given uuid. Throws DESTINATION_OCCUPIED when the name belongs to another uuid. */
  define(filter: { name: string; uuid: string; rulesXml: string }): Promise<void>;
  /**
   * Whether the host's IP firewall sees what its bridges carry (`net.bridge.bridge-nf-call-iptables`): where it does not, rules on TCP and the like
   * are without effect, and libvirt does not say so. Null while nothing on the host has asked for it: then libvirt's first such rule turns it on.
   */
  seesBridgedTraffic(): Promise<boolean | null>;
  /**
   * Has the filter guard every card of the guest, now if it runs and after its next start; cards that it guards already are left alone. `addresses`:
   * MAC -> the card's parameter IP, for the cards that have one. Fails while the guest is being moved, and when the filter is not defined. `absent`: the
   * host has no such guest.
   */
  guard(guest: string, filter: string, addresses: Readonly<Record<string, string>>): Promise<"guarded" | "absent">;
  /** Removes the filter of that uuid; nothing happens when it is not there. `kept` when a guest or another filter still uses it. */
  remove(uuid: string): Promise<"removed" | "kept" | "absent">;
}
