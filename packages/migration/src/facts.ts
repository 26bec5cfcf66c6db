import type {
  CpuVerdict,
  DeviceFacts,
  ErrorCode,
  FilterDocument,
  GuestDefinition,
  GuestObservation,
  HostAddress,
  HostFacts,
  HostRecord,
  MigrationOrder,
  Reachability,
  VolumeFacts,
} from "@ferry/core";

/** Why a host did not answer, in the words of the error catalogue. */
export interface Problem {
  readonly code: ErrorCode;
  readonly sentence: string;
}

/** What one host answered, or why it did not. Without answer and without problem it was not asked, because the answer could decide nothing. */
export interface SideFacts {
  readonly record: HostRecord;
  readonly address: HostAddress;
  readonly host: HostFacts | null;
  readonly problem: Problem | null;
}

export interface DiskFacts {
  readonly target: string;
  /** Where the content lies on the source; null for network disks and for volumes of an unknown pool. */
  readonly path: string | null;
  /** The volume on the source; null when the path lies in no active pool there. */
  readonly volume: VolumeFacts | null;
  /** The block device on the source; null when the path is none. */
  readonly device: DeviceFacts | null;
  readonly capacityBytes: number;
  readonly allocationBytes: number;
  /** Volumes of the backing chain on the source, nearest first, with the declared format; null where a path lies in no pool. */
  readonly backing: readonly (VolumeFacts | null)[];
}

export interface SourceFacts extends SideFacts {
  readonly observation: GuestObservation;
  readonly guest: GuestDefinition | null;
  /** The definition that the next start would use; null for a guest without one. */
  readonly persistent: GuestDefinition | null;
  /** It is off, and its running state waits on the host's disk for its next start. */
  readonly suspended: boolean;
  readonly disks: readonly DiskFacts[];
  /** nwfilters that the guest uses, with those they refer to; null for one that is missing. */
  readonly filters: Readonly<Record<string, FilterDocument | null>>;
  readonly canPeer: boolean;
}

export interface DestinationFacts extends SideFacts {
  readonly observation: GuestObservation;
  readonly uuidOfName: string | null;
  /** Path -> volume at the destination, for each disk and backing file of the guest and each place a copy may get. */
  readonly volumes: Readonly<Record<string, VolumeFacts | null>>;
  /** Paths of disks and backing files that were proven to be one file for both hosts. */
  readonly sharedPaths: readonly string[];
  /** Each of them -> type of the file system that holds it on the source; null when the source does not tell. */
  readonly sharedFileSystems: Readonly<Record<string, string | null>>;
  /** Path -> block device at the destination, for each disk of the guest that is one at the source. */
  readonly devices: Readonly<Record<string, DeviceFacts | null>>;
  /** `name:port` of each server of a network disk -> whether the destination reaches it. */
  readonly portals: Readonly<Record<string, Reachability>>;
  /** Words of each secret that a network disk needs -> whether the destination has it. */
  readonly secrets: Readonly<Record<string, boolean>>;
  readonly filters: Readonly<Record<string, FilterDocument | null>>;
  /** Null when no filter of the guest needs it, or nothing on the host has asked for it yet. */
  readonly seesBridgedTraffic: boolean | null;
  readonly cpu: CpuVerdict | null;
  readonly canPeer: boolean;
  /** Host files the guest needs (kernel, loader) -> whether the destination has them. */
  readonly hostFiles: Readonly<Record<string, boolean>>;
  /** MiB reserved there by other migrations. */
  readonly claimedMiB: number;
  /** From the source to the destination's sshd and to one of its transfer ports; null when the source could not be asked. */
  readonly sshReach: Reachability | null;
  /** `untried`: something listens on every one of them. */
  readonly transferReach: Reachability | "untried" | null;
}

/** All that the checks look at. Collected once, in parallel; the checks themselves are pure. */
export interface MoveFacts {
  readonly order: MigrationOrder;
  readonly source: SourceFacts;
  readonly destination: DestinationFacts;
  readonly reservedMemoryMiB: number;
  readonly firstTransferPort: number;
}
