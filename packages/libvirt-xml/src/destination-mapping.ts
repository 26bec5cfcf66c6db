/** Where a disk's content is at the destination. */
export type DiskPlace =
  | { readonly type: "file" | "block"; readonly path: string }
  | { readonly type: "volume"; readonly pool: string; readonly volume: string };

export interface DiskMapping {
  readonly place: DiskPlace;
  /**
   * Backing chain at the destination, nearest first, written out with its formats so that nothing is probed; `[]` says that the disk stands
   * alone. `undeclared` writes no chain: right for persistent definitions, whose chain libvirt reads from the image header at each start.
   */
  readonly backing: readonly { readonly path: string; readonly format: string }[] | "undeclared";
}

/** What a network card is plugged into at the destination. */
export type InterfacePlace = { readonly type: "bridge" | "network" | "direct"; readonly source: string };

/** Everything that differs between the definition at the source and at the destination. What is not named here is copied as it is. */
export interface DestinationMapping {
  /** By disk target, `vda`. */
  readonly disks: Readonly<Record<string, DiskMapping>>;
  /** By MAC address in lower case. The type of the interface must stay the same. */
  readonly interfaces: Readonly<Record<string, InterfacePlace>>;
  /** New names of nwfilters, by the name at the source. */
  readonly filters: Readonly<Record<string, string>>;
  /**
   * Address on which consoles (VNC, SPICE, serial over TCP) listen at the destination, replacing addresses that belong to the source host;
   * wildcard and loopback addresses stay. null when the guest's consoles name no address of the source.
   */
  readonly listenAddress: string | null;
}

/** Nothing differs: shared storage, equal networks, consoles on wildcard or loopback addresses. */
export const sameEverywhere: DestinationMapping = { disks: {}, interfaces: {}, filters: {}, listenAddress: null };
