import type { JobStatus, MoveAbilities } from "@ferry/core";
import type { DomainHandle, LibvirtConnection, SshFiles, SshSession } from "@ferry/libvirt";

/** A host as far as its hypervisor's traits need it. */
export interface TraitsHost {
  readonly connection: LibvirtConnection;
  readonly session: () => Promise<SshSession>;
}

/** Bytes of a disk, as the storage port tells them. */
export interface DiskSize {
  readonly capacityBytes: number;
  readonly allocationBytes: number;
  readonly physicalBytes: number;
}

/**
 * All in which libvirt's drivers differ for ferry: flags and parameters that a call takes, calls that are missing and what is done instead, and
 * what a guest that moves can expect. Everything else in this package holds for every driver.
 */
export interface DriverTraits {
  /** The driver in libvirt's URIs, `qemu` in `qemu:///system`. */
  readonly scheme: "qemu" | "xen";
  readonly moves: MoveAbilities;
  /** Of all flags (VIR_MIGRATE_*) that a transfer may want, those that the driver takes; the others mean nothing to it. */
  readonly transferFlags: number;
  /** Whether the driver takes this parameter of a transfer; it refuses calls that have others. */
  takesParameter(field: string): boolean;
  /** Of all flags of the undefine call, those that it takes. */
  readonly undefineFlags: number;
  /** False for what the driver lists beside its guests. */
  isGuest(dom: DomainHandle): boolean;
  /** The job of a guest, with direction, or the last one that ended if that can be told. */
  readJob(connection: LibvirtConnection, dom: DomainHandle): Promise<JobStatus>;
  /** Continues a paused guest; nothing happens when it runs. */
  resume(host: TraitsHost, dom: DomainHandle): Promise<void>;
  /** Resets the guest like the button. */
  reset(connection: LibvirtConnection, dom: DomainHandle): Promise<void>;
  /** Size of a disk of the guest's live definition. */
  diskSize(host: TraitsHost, dom: DomainHandle, target: string): Promise<DiskSize>;
  /** What tells this host from all others; `told` is the uuid of the capabilities. Null when nothing does. */
  hostUuid(told: string | null, files: () => Promise<Pick<SshFiles, "readFile">>): Promise<string | null>;
}
