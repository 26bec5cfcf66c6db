import type { CheckResult } from "../check-result.ts";
import type { GuestDefinition } from "../guest.ts";
import type { HostId, MigrationId, ServerId } from "../ids.ts";
import type { MigrationStatus, Phase } from "../migration-state.ts";
import type { GuestPower, OrderMode } from "../move-mode.ts";
import type { MoveOutcome } from "../move-outcome.ts";
import type { NetworkMap } from "../network-map.ts";
import type { Resize } from "../resize.ts";
import type { ServerGuard } from "../security-group.ts";
import type { GroupSituation } from "../server-group.ts";
import type { HostFacts } from "./hypervisor.ts";
import type { Transport } from "./transfer.ts";

/** What was asked: the row as the API wrote it. */
export interface MigrationOrder {
  readonly id: MigrationId;
  readonly number: number;
  readonly serverId: ServerId;
  readonly serverName: string;
  readonly mode: OrderMode;
  readonly sourceHostId: HostId;
  /** The host that was named, or null: ferry chooses. */
  readonly requestedHostId: HostId | null;
  readonly blockMigration: boolean | "auto";
  readonly diskOverCommit: boolean | null;
  /** Skips the checks that only warn about capacity (Nova's force); never the ones that protect the guest. */
  readonly force: boolean;
  readonly transport: Transport | "auto";
  readonly bandwidthMiBps: number;
  readonly outcome: MoveOutcome;
  /** A cold move to another size; null: the server keeps its own. */
  readonly resize: Resize | null;
  /** Its server group, and where the others of it are or are going; null: it is in none. */
  readonly group: GroupSituation | null;
  readonly status: MigrationStatus;
  readonly abortRequested: boolean;
}

/** One disk's share of the progress. Unknown sizes are null, never 0. */
export interface DiskProgress {
  readonly target: string;
  readonly totalBytes: number | null;
  readonly doneBytes: number | null;
  readonly ready: boolean;
}

export interface MigrationProgress {
  readonly phase: Phase;
  readonly step: string;
  readonly memoryTotalBytes: number | null;
  readonly memoryProcessedBytes: number | null;
  readonly memoryRemainingBytes: number | null;
  readonly diskTotalBytes: number | null;
  readonly diskProcessedBytes: number | null;
  readonly diskRemainingBytes: number | null;
  readonly bytesPerSecond: number | null;
  readonly remainingMs: number | null;
  readonly iteration: number | null;
  readonly disks: readonly DiskProgress[];
}

/** What a finished transfer really took. */
export interface TransferSummary {
  readonly transport: Transport;
  readonly totalMs: number | null;
  /** The guest's pause as the hypervisor reports it. */
  readonly downtimeMs: number | null;
  readonly memoryBytes: number | null;
  readonly diskBytes: number | null;
}

export interface HostRecord {
  readonly id: HostId;
  readonly name: string;
  readonly state: "adding" | "up" | "down" | "quarantined";
  readonly enabled: boolean;
  readonly forcedDown: boolean;
  readonly networkMap: NetworkMap;
}

/** Whether somebody's word that the host is dead is in force; if not, the sentence why. */
export type FenceState = { readonly inForce: true } | { readonly inForce: false; readonly reason: string };

/** Whether one host saw a marker of another in a directory of that path, and in which boots of both. */
export interface DirectorySighting {
  readonly directory: string;
  readonly witnessId: HostId;
  readonly shared: boolean;
  readonly hostBootId: string;
  readonly witnessBootId: string;
}

/** What the record keeps of a guest whose host is dead, and of that host. */
export interface EvacuationRecord {
  readonly facts: HostFacts | null;
  readonly fence: FenceState;
  /** The guest's persistent definition as text with secrets: keep it out of logs. Null when there is none. */
  readonly xml: string | null;
  /** As it was last seen, running or not. */
  readonly definition: GuestDefinition;
  readonly sightings: readonly DirectorySighting[];
  /** Whether the guest is to be started at the destination. */
  readonly startsGuest: boolean;
  /** What guards the server by security groups, whose filters ferry makes itself; null when none do. */
  readonly guard: ServerGuard | null;
}

/**
 * The record, as the migration steps see it. Each change and the event that tells of it are one transaction. Methods that change a migration
 * carry the lease's fencing token inside the implementation and throw STEP_FENCED when it is stale.
 */
export interface MigrationStore {
  order(): Promise<MigrationOrder>;
  /** For an evacuation: what is kept of the guest and of its dead host. */
  recall(): Promise<EvacuationRecord>;
  /** Throws HOST_NOT_FENCED or FENCE_ENDED unless the source's fence is in force at this moment. */
  requireFence(): Promise<void>;
  setStatus(status: MigrationStatus, detail?: { problem: string; code: string }): Promise<void>;
  /** Throws STEP_FENCED unless this worker still owns the migration: to be asked right before something that a later worker could not see coming. */
  confirmLease(): Promise<void>;
  /** Marks that the plan has to be run again by the reconciler, with the reason; or that it has not. */
  setPendingWork(pending: boolean, detail?: { problem: string; code: string }): Promise<void>;
  /** The verdict on a host that was refused. */
  setChecks(results: readonly CheckResult[]): Promise<void>;
  /** The host that passed its checks, how the guest gets there, and the `virsh` line that would do the same. */
  setChoice(choice: { hostId: HostId; transport: Transport; checks: readonly CheckResult[]; virsh: string | null }): Promise<void>;
  /** At most every few seconds; live progress goes over the event stream. */
  saveProgress(progress: MigrationProgress): Promise<void>;
  saveSummary(summary: TransferSummary): Promise<void>;
  /** The server now lives at the destination: host and states in one transaction; task state becomes null. Repeatable. */
  recordHandover(guest: { paused: boolean }): Promise<void>;
  /**
   * The server lives at the destination and is as seen there; with `awaitsConfirmation` it is `resized` until it is confirmed or reverted.
   * Repeatable.
   */
  recordArrival(arrival: { power: GuestPower; awaitsConfirmation: boolean }): Promise<void>;
  /** A cold migration was confirmed: the server, no longer `resized`, is as seen at the destination. Repeatable. */
  recordConfirmed(seen: { power: GuestPower }): Promise<void>;
  /** A cold migration was reverted: the server lives at its source again and is as seen there. Repeatable. */
  recordReturn(seen: { power: GuestPower }): Promise<void>;
  /** The server stays at the source: task state becomes null. Repeatable. */
  recordStay(): Promise<void>;
  /**
   * Reserves capacity on the host for this migration, under a lock on the host; `availableMiB` does not count claims. Throws CAPACITY_SHORT, unless
   * `force` is given. Repeatable.
   */
  claim(claim: {
    hostId: HostId;
    memoryMiB: number;
    vcpus: number;
    diskBytes: number;
    availableMiB: number;
    force: boolean;
  }): Promise<void>;
  /** Frees the reservation of this migration on that host, exactly once in effect. What is left of its reservations goes with its end. */
  releaseClaim(hostId: HostId): Promise<void>;
  /** MiB claimed on that host by migrations other than this one. */
  claimedMiB(hostId: HostId): Promise<number>;
  host(hostId: HostId): Promise<HostRecord>;
  /**
   * Runs the work while no job touches the network filters of the server on any host, so that none puts back what the work takes away. Waits for a job
   * that is at it. A server that no security group guards has no such job.
   */
  whileFirewallRests<T>(work: () => Promise<T>): Promise<T>;
  /** Hosts that may be destinations, source excluded. */
  candidates(): Promise<HostRecord[]>;
}
