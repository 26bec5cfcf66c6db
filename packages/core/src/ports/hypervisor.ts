import type { GuestDefinition } from "../guest.ts";
import type { GuestStatistics } from "../guest-statistics.ts";
import type { MoveMode } from "../move-mode.ts";
import type { PluggableDisk } from "../volume.ts";
import type { Transport } from "./transfer.ts";

/** What a kind of hypervisor can do, through its libvirt, with a guest that moves. */
export interface MoveAbilities {
  readonly transports: readonly Transport[];
  readonly modes: readonly MoveMode[];
  /** Whether a live transfer can take disks along; without it every disk must be one that both hosts see. */
  readonly copiesDisks: boolean;
  /** Whether a transfer that has begun can be broken off. */
  readonly aborts: boolean;
  /** Whether the job of a transfer tells how much has been copied; without it there is nothing to read while one is under way. */
  readonly countsBytes: boolean;
  /** Whether a paused guest can be transferred live; without it the guest's own kernel takes part, which a paused one cannot. */
  readonly paused: boolean;
  /** Whether ferry has it send a transfer inside the connection of the two libvirts. */
  readonly tunnels: boolean;
}

/** Versions are libvirt's integers: major * 1 000 000 + minor * 1 000 + micro. */
export interface HostFacts {
  readonly hostname: string;
  /** `<host><uuid>` of the capabilities, or where libvirt has none what the machine says of itself: two hosts with one uuid cannot migrate to each other. */
  readonly hostUuid: string;
  readonly hypervisorType: string;
  readonly moves: MoveAbilities;
  readonly hypervisorVersion: number;
  readonly libvirtVersion: number;
  readonly arch: string;
  readonly cpuModel: string | null;
  readonly cpuVendor: string | null;
  readonly cpuFeatures: readonly string[];
  readonly cpuTopology: { readonly sockets: number; readonly cores: number; readonly threads: number };
  readonly cpus: number;
  readonly memoryTotalKiB: number;
  /** Free plus buffers and page cache: what a new guest can get. */
  readonly memoryAvailableKiB: number;
  /** Emulated machine types by arch and domain type, `x86_64/qemu` -> names. */
  readonly machines: Readonly<Record<string, readonly string[]>>;
  readonly pools: readonly PoolFacts[];
  readonly networks: readonly NetworkFacts[];
  /** Names of bridges and other host interfaces a guest may be plugged into. */
  readonly bridges: readonly string[];
  /** Seconds since boot, if the host tells. */
  readonly uptimeSeconds: number | null;
  /** Load of the last 1, 5 and 15 minutes, and how many are logged in, if the host tells. */
  readonly loadAverages?: readonly number[] | null;
  readonly users?: number | null;
  /** What the kernel calls this boot, `/proc/sys/kernel/random/boot_id`: another one after each restart; null when the host does not tell. */
  readonly bootId: string | null;
}

export interface PoolFacts {
  readonly name: string;
  readonly type: string;
  readonly active: boolean;
  readonly path: string | null;
  readonly capacityBytes: number;
  readonly availableBytes: number;
}

export interface NetworkFacts {
  readonly name: string;
  readonly active: boolean;
  readonly bridge: string | null;
  /** Names of its groups of ports. */
  readonly portgroups: readonly string[];
  /** Kind of the switch port that its cards get, `openvswitch`; null: none. */
  readonly virtualPort: string | null;
}

/** libvirt's domain states in words. */
export type GuestState = "running" | "paused" | "shutting-down" | "shutoff" | "crashed" | "suspended" | "none";

/** Why a guest is in its state, as far as a migration needs to know; everything else is `other`. */
export type GuestStateReason =
  | "migrated"
  | "migration"
  | "migration-canceled"
  | "post-copy"
  | "post-copy-failed"
  | "user"
  | "io-error"
  | "crashed"
  | "failed"
  /** Off, with its memory on the host's disk: the next start goes on from there. */
  | "saved"
  | "other";

/** What one host says about one guest now. `unreachable` is an answer too: nothing may be concluded from it. */
export type GuestObservation =
  | { readonly kind: "absent" }
  | { readonly kind: "unreachable"; readonly problem: string }
  | {
      readonly kind: "present";
      readonly state: GuestState;
      readonly reason: GuestStateReason;
      readonly persistent: boolean;
      /** An outgoing or incoming migration job is attached to the guest on this host. */
      readonly migrationJob: "outgoing" | "incoming" | "none";
    };

export interface GuestSummary {
  readonly definition: GuestDefinition;
  readonly state: GuestState;
  readonly reason: GuestStateReason;
  readonly persistent: boolean;
}

export type DefinitionView = "live" | "persistent";

/** A definition as libvirt gives it: parsed, and as migratable XML text with secrets. Keep `xml` out of logs. */
export interface GuestDocument {
  readonly definition: GuestDefinition;
  readonly xml: string;
}

/** A definition as libvirt gives it, not read: `xml` holds secrets. */
export interface GuestText {
  readonly uuid: string;
  readonly xml: string;
}

/** Whether anything of a host answers; `problem` says it in words that stand in a sentence. From `unknown` nothing is concluded. */
export interface HostPresence {
  readonly kind: "answers" | "silent" | "unknown";
  readonly problem: string;
}

export type CpuVerdict = "identical" | "superset" | "incompatible" | "unsupported";

/** Something happened to a guest on this host. */
export type HypervisorEvent =
  | {
      readonly kind: "lifecycle";
      readonly uuid: string;
      readonly name: string;
      readonly event: "defined" | "undefined" | "started" | "suspended" | "resumed" | "stopped" | "shutdown" | "pm-suspended" | "crashed";
      /** True when libvirt gives a migration as the reason. */
      readonly migrated: boolean;
      /** True for `stopped` with detail failed, `suspended` or `resumed` with a post-copy failure. */
      readonly failed: boolean;
    }
  | {
      readonly kind: "disk-job";
      readonly uuid: string;
      readonly target: string;
      readonly status: "ready" | "completed" | "failed" | "cancelled";
    }
  /** The guest has let go of a device; the running guest has it no more. */
  | { readonly kind: "device-removed"; readonly uuid: string; readonly alias: string }
  | { readonly kind: "iteration"; readonly uuid: string; readonly iteration: number }
  /** The job ended with success; the numbers are final. */
  | { readonly kind: "job-completed"; readonly uuid: string; readonly statistics: JobStatistics };

/** Where a disk is plugged: into the running guest, into the definition for its next start, or both. */
export interface PlugPlaces {
  readonly live: boolean;
  readonly config: boolean;
}

/** libvirt's job statistics; a field is absent when the hypervisor did not send it. */
export interface JobStatistics {
  readonly elapsedMs?: number;
  readonly remainingMs?: number;
  /** During the job the expected pause, in the final statistics the real one. */
  readonly downtimeMs?: number;
  readonly setupMs?: number;
  readonly memoryTotalBytes?: number;
  readonly memoryProcessedBytes?: number;
  readonly memoryRemainingBytes?: number;
  readonly memoryBytesPerSecond?: number;
  readonly memoryDirtyPagesPerSecond?: number;
  readonly memoryPageSizeBytes?: number;
  readonly memoryIteration?: number;
  readonly diskTotalBytes?: number;
  readonly diskProcessedBytes?: number;
  readonly diskRemainingBytes?: number;
  readonly diskBytesPerSecond?: number;
}

export type JobStatus =
  | { readonly kind: "none" }
  | { readonly kind: "running"; readonly operation: "outgoing" | "incoming" | "other"; readonly statistics: JobStatistics }
  | { readonly kind: "ended"; readonly outcome: "completed" | "failed" | "cancelled"; readonly statistics: JobStatistics };

export interface DiskCopyProgress {
  readonly target: string;
  readonly totalBytes: number;
  readonly doneBytes: number;
  readonly ready: boolean;
}

/**
 * The guests of one host. All calls have deadlines and throw a `FerryError` (HOST_UNREACHABLE, LIBVIRT_UNAVAILABLE, HYPERVISOR_CALL_FAILED, …);
 * a guest that is not there is a value (`null`, `absent`), not an error.
 */
export interface Hypervisor {
  /** Known without a call, from the URI. */
  readonly moves: MoveAbilities;
  /** Whether the host answers at all, libvirt or not; never throws for one that does not. */
  presence(): Promise<HostPresence>;
  facts(): Promise<HostFacts>;
  guests(): Promise<GuestSummary[]>;
  guest(uuid: string): Promise<GuestSummary | null>;
  /** The persistent definitions of all guests that have one, as text with secrets: keep it out of logs. */
  definitions(): Promise<GuestText[]>;
  /** Uuid of the guest that holds this name, or null. */
  uuidOfName(name: string): Promise<string | null>;
  /** Never throws for a silent host: it says `unreachable`. */
  observe(uuid: string): Promise<GuestObservation>;
  document(uuid: string, view: DefinitionView): Promise<GuestDocument | null>;
  compareCpu(question: {
    cpuXml: string;
    arch: string;
    virtType: string;
    machine: string | null;
    emulator: string | null;
  }): Promise<CpuVerdict>;
  job(uuid: string): Promise<JobStatus>;
  /** What the guest has used; null when there is none. */
  statistics(uuid: string): Promise<GuestStatistics | null>;
  /** Progress of each disk that a running migration copies; empty when none does. */
  diskCopies(uuid: string, targets: readonly string[]): Promise<DiskCopyProgress[]>;
  /** Continues a paused guest; nothing happens when it runs already. */
  resume(uuid: string): Promise<void>;
  pause(uuid: string): Promise<void>;
  /** Ends the guest's process; nothing happens when it is not running. Never call it while a migration job is stuck (libvirt 9.0 crashes). */
  destroy(uuid: string): Promise<void>;
  /**
   * Removes the definition and a state on the host's disk; nothing happens when it is not defined. The nvram file stays, unless the guest is
   * not needed again: `purge` removes it, and what libvirt keeps of snapshots.
   */
  undefine(uuid: string, options?: { readonly purge?: boolean }): Promise<void>;
  /** Whether the guest is started whenever its host is. Nothing happens when it is not defined. */
  startWithHost(uuid: string, wanted: boolean): Promise<void>;
  /** Defines the guest, or replaces its definition; a running guest goes on as it is. Repeatable. Fails when another guest holds the name. */
  define(xml: string): Promise<void>;
  /**
   * Starts the guest, or restores it when it was suspended to the host's disk; `paused` holds it before its first instruction. Nothing happens
   * when it is active already, paused or not. Fails when it is not defined, or lacks a disk, network, filter or room.
   */
  start(uuid: string, options?: { readonly paused?: boolean }): Promise<void>;
  /** Asks the guest to end itself and returns at once: the guest may take its time, or never obey. Nothing happens when it is not active. */
  shutdown(uuid: string): Promise<void>;
  /** `soft` asks the guest to restart itself and returns at once; `hard` resets it like the button. Each call is one more reboot. Fails when it is not active. */
  reboot(uuid: string, kind: "soft" | "hard"): Promise<void>;
  /** Suspends the guest to the host's disk: off afterwards, and the next `start` restores it. Nothing happens when it is not active. */
  managedSave(uuid: string): Promise<void>;
  /** Whether the guest is off with a state on the host's disk that the next `start` restores. */
  hasManagedSave(uuid: string): Promise<boolean>;
  /** Throws that state away: the next `start` boots from the disks. Nothing happens when there is none. */
  dropManagedSave(uuid: string): Promise<void>;
  /**
   * Writes the guest's state into a file of the host, overwriting it, and ends the guest's process. A file that was not finished is refused by
   * `restore`. Fails when the guest is not active: after a lost answer look whether it is off, and whether the file is there.
   */
  save(uuid: string, path: string): Promise<void>;
  /** The definition, with secrets, of the guest whose state `save` wrote into the file. */
  savedXml(path: string): Promise<string>;
  /**
   * Continues a guest from the file that `save` wrote (the file stays). `xml` says where its devices are now and must show the guest the same
   * hardware. It is paused afterwards if it was paused before; `paused` holds it in any case, `false` lets it go in any case. Nothing happens
   * when it is active already.
   */
  restore(path: string, xml: string, options?: { readonly paused?: boolean }): Promise<void>;
  /** Plugs the disk in, in all of these places or in none. Fails when it is there already. */
  attachDisk(uuid: string, disk: PluggableDisk, places: PlugPlaces): Promise<void>;
  /**
   * Takes the disk out of the definition, and asks the running guest to let go of it, which may take its time, or never happen: look, and listen for
   * `device-removed`. Fails when it is not there.
   */
  detachDisk(uuid: string, target: string, places: PlugPlaces): Promise<void>;
  /** Events of all guests from now on. Ends with an error when the connection is lost: register again, then list again. */
  events(signal: AbortSignal): AsyncIterable<HypervisorEvent>;
}
