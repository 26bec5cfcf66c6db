import type {
  CpuVerdict,
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

/** What one host answered, or the sentence why it did not. */
export interface SideFacts {
  readonly record: HostRecord;
  readonly address: HostAddress;
  readonly host: HostFacts | null;
  readonly problem: string | null;
}

export interface DiskFacts {
  readonly target: string;
  /** The volume on the source; null when the path lies in no pool there. */
  readonly volume: VolumeFacts | null;
  readonly capacityBytes: number;
  readonly allocationBytes: number;
  /** Volumes of the backing chain on the source, nearest first; null where a path lies in no pool. */
  readonly backing: readonly (VolumeFacts | null)[];
}

export interface SourceFacts extends SideFacts {
  readonly observation: GuestObservation;
  readonly guest: GuestDefinition | null;
  readonly disks: readonly DiskFacts[];
  /** nwfilters that the guest uses, with those they refer to; null for one that is missing. */
  readonly filters: Readonly<Record<string, FilterDocument | null>>;
  readonly canPeer: boolean;
}

export interface DestinationFacts extends SideFacts {
  readonly observation: GuestObservation;
  readonly uuidOfName: string | null;
  /** Path -> volume at the destination, for each disk and backing file of the guest. */
  readonly volumes: Readonly<Record<string, VolumeFacts | null>>;
  /** Disk targets whose directory was proven to be the same storage on both hosts. */
  readonly sharedTargets: readonly string[];
  readonly filters: Readonly<Record<string, FilterDocument | null>>;
  readonly cpu: CpuVerdict | null;
  readonly canPeer: boolean;
  /** Host files the guest needs (kernel, loader) -> whether the destination has them. */
  readonly hostFiles: Readonly<Record<string, boolean>>;
  readonly claimedMiB: number;
  /** From the source to the destination's sshd and to its first transfer port; null when the source could not be asked. */
  readonly sshReach: Reachability | null;
  readonly transferReach: Reachability | null;
}

/** All that the checks look at. Collected once, in parallel; the checks themselves are pure. */
export interface MoveFacts {
  readonly order: MigrationOrder;
  readonly source: SourceFacts;
  readonly destination: DestinationFacts;
  readonly reservedMemoryMiB: number;
}
