/** What ferry knows of a guest, as plain values. Read from the domain XML by `@ferry/libvirt-xml`; the XML itself travels beside it. */

/** How a disk's content is reached. `file` and `block` live on the host; `network` is QEMU's own client; `volume` names a pool's volume. */
export type DiskSource =
  | { readonly type: "file" | "block"; readonly path: string }
  | { readonly type: "volume"; readonly pool: string; readonly volume: string }
  | NetworkSource
  | { readonly type: "none" }
  | { readonly type: "other"; readonly words: string };

export interface NetworkSource {
  readonly type: "network";
  /** `iscsi`, `nfs`, `rbd`, `nbd`, … as libvirt names it. */
  readonly protocol: string;
  /** What to open there: a target and unit, an export and file, a pool and image. */
  readonly name: string;
  /** Servers as the definition names them, any of which may answer; the port is null where the protocol's own is meant. Empty when a file of the host names them. */
  readonly hosts: readonly { readonly name: string; readonly port: number | null }[];
  /** Path of a unix socket on the host, when the server is reached through one; null otherwise. */
  readonly socket: string | null;
  /** The secret of libvirt's with which the host logs in there; null when none is needed. */
  readonly secret: SecretReference | null;
}

/** How a definition names a secret, which each host keeps for itself. Never its value. */
export type SecretReference = { readonly uuid: string } | { readonly type: string; readonly usage: string };

export interface GuestDisk {
  /** Target name inside the domain, `vda`; unique in the guest and the name libvirt uses in `migrate_disks`. */
  readonly target: string;
  readonly device: "disk" | "cdrom" | "floppy" | "lun";
  readonly source: DiskSource;
  /** Format as declared in the definition, `qcow2` or `raw`; null when the definition does not say (ferry then refuses; it never probes). */
  readonly format: string | null;
  readonly readOnly: boolean;
  readonly shareable: boolean;
  readonly cache: string | null;
  /** Backing chain as the live definition declares it, nearest first. */
  readonly backing: readonly { readonly path: string; readonly format: string | null }[];
  /** Present when the definition says that nothing lies below the image, whatever its header names. */
  readonly chainEnds?: true;
  /** By which the guest knows it, when the definition gives it one; of an attached volume the volume's id. */
  readonly serial?: string;
}

export interface GuestInterface {
  readonly mac: string;
  /** `bridge`, `network`, `direct` (macvtap), `user`, …; `network` for every card of a libvirt network, whatever that is made of on its host. */
  readonly type: string;
  /** Bridge name, libvirt network name or host device, by `type`; null when the type has none. */
  readonly source: string | null;
  /** Group of ports in the libvirt network, which decides on VLAN and bandwidth there; null outside one. */
  readonly portgroup: string | null;
  /** How macvtap connects the card: `vepa`, `bridge`, `private`; null for other types. */
  readonly mode: string | null;
  /** VLAN tags that the card's own definition asks for. */
  readonly vlans: readonly number[];
  /** Who runs the switch port: `openvswitch`, `802.1Qbg`, …; null when the definition does not say. */
  readonly virtualPort: string | null;
  readonly target: string | null;
  readonly model: string | null;
  /** Name of the nwfilter that guards this interface, if any. */
  readonly filter: string | null;
}

export interface GuestDefinition {
  readonly uuid: string;
  readonly name: string;
  /** Domain type: `kvm`, `qemu`, `xen`. */
  readonly virtType: string;
  readonly arch: string;
  /** Machine type, `pc-q35-7.2`; null for hypervisors without one. */
  readonly machine: string | null;
  readonly emulator: string | null;
  readonly memoryKiB: number;
  readonly vcpus: number;
  /** The `<cpu>` element as XML text, null when the definition has none. */
  readonly cpuXml: string | null;
  readonly disks: readonly GuestDisk[];
  readonly interfaces: readonly GuestInterface[];
  /** Host files that QEMU opens at start besides disks: kernel, initrd, nvram, loader. */
  readonly hostFiles: readonly string[];
  /** The one of them in which the guest's firmware keeps its variables; absent for a guest that has none. */
  readonly nvram?: string;
  /** Things that cannot move, each as a phrase ("PCI device 0000:03:00.0 passed through") with its remedy. */
  readonly immovable: readonly { readonly what: string; readonly remedy: string }[];
  /** Elements outside ferry's allow-list, as paths (`domain/devices/foo`). */
  readonly unknownElements: readonly string[];
}
