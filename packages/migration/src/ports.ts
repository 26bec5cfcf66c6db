import {
  type ArtifactLedger,
  type Clock,
  type EventSink,
  type Hosts,
  type MigrationId,
  type MigrationStore,
  reservedHostMemoryMiB,
} from "@ferry/core";

/** How many ports libvirt takes memory and disk streams on. */
export const TRANSFER_PORTS = 64;

/** Numbers an operator may set; defaults in `defaultSettings`. */
export interface MigrationSettings {
  /** Memory of a destination that no claim may touch, as Nova's `reserved_host_memory_mb`. */
  readonly reservedMemoryMiB: number;
  /** How long a reachability probe from source to destination may take. */
  readonly reachDeadlineMs: number;
  /** How often job statistics are read while a move runs. */
  readonly statisticsEveryMs: number;
  /** How often progress is written to the record; in between it goes over the event stream only. */
  readonly saveProgressEveryMs: number;
  /** A key placed between two hosts expires after this, even if nobody can remove it. */
  readonly peerKeyLifeMs: number;
  /** How long the pivot keeps asking both hosts before it says that it does not know. */
  readonly askAgainForMs: number;
  /** First port of libvirt's range ({@link TRANSFER_PORTS}) for memory and disk streams on a destination. */
  readonly firstTransferPort: number;
  /** How long a step waits for another migration that is making the same thing on the destination (a backing file may take long). */
  readonly waitForOthersMs: number;
  /** How long a guest that is asked to shut down for a cold move may take before it is ended, as Nova's `shutdown_timeout`. */
  readonly shutdownDeadlineMs: number;
}

export const defaultSettings: MigrationSettings = {
  reservedMemoryMiB: reservedHostMemoryMiB,
  reachDeadlineMs: 3000,
  statisticsEveryMs: 500,
  saveProgressEveryMs: 5000,
  peerKeyLifeMs: 24 * 60 * 60 * 1000,
  askAgainForMs: 10_000,
  firstTransferPort: 49152,
  waitForOthersMs: 60 * 60 * 1000,
  shutdownDeadlineMs: 60 * 1000,
};

/** What the checks need: they read, for a migration that exists or for one that is only thought of (which has no ledger). */
export interface CheckPorts {
  readonly store: Pick<MigrationStore, "order" | "host" | "candidates" | "claimedMiB">;
  readonly hosts: Pick<Hosts, "host">;
  readonly ledger?: ArtifactLedger;
  readonly settings: MigrationSettings;
}

/** Everything a step may touch. `store` is bound to one migration and one lease. */
export interface MigrationPorts {
  readonly migrationId: MigrationId;
  readonly store: MigrationStore;
  readonly ledger: ArtifactLedger;
  readonly hosts: Hosts;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly settings: MigrationSettings;
}
