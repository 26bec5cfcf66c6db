import type { HostId, NetworkPlace, OrderMode, Transport } from "@ferry/core";

/**
 * A file that the destination must have, byte for byte, before the transfer: a layer below an overlay (which keeps its path, because the overlay's
 * header names it), or a read-only medium.
 */
export interface BackingPlan {
  readonly sourcePath: string;
  /** At the destination. */
  readonly path: string;
  readonly pool: string;
  readonly name: string;
  readonly format: "qcow2" | "raw";
  readonly capacityBytes: number;
  readonly fileBytes: number;
  /** The destination had a file there when the checks passed; then the two are compared instead of copied. */
  readonly present: boolean;
}

export interface CopyPlan {
  readonly action: "copy";
  readonly target: string;
  /** Why this and nothing else is done, as a phrase. */
  readonly reason: string;
  readonly sourcePath: string;
  readonly pool: string;
  readonly name: string;
  readonly path: string;
  readonly format: "qcow2" | "raw";
  readonly capacityBytes: number;
  readonly usedBytes: number;
  /** Nearest backing file; the overlay's header names it. */
  readonly backing: { readonly path: string; readonly format: string } | null;
  /** The backing chain as far as it is not on shared storage, farthest first. */
  readonly chain: readonly BackingPlan[];
  /** Whether the persistent definition has this disk too; a disk attached to the running guest only is not there after a restart. */
  readonly defined: boolean;
}

/**
 * A read-only disk or medium (an ISO image, a config drive) on storage of the source: libvirt copies writable disks only, so its file is brought
 * before the transfer. It stays at the source, where others may use it.
 */
export interface BringPlan {
  readonly action: "bring";
  readonly target: string;
  readonly reason: string;
  readonly sourcePath: string;
  /** At the destination. */
  readonly path: string;
  /** The file and those below it as far as they are not on shared storage, farthest first: the file itself is the last. */
  readonly chain: readonly BackingPlan[];
}

/** Both hosts see the disk: nothing is copied. */
export interface SharedPlan {
  readonly action: "shared";
  readonly target: string;
  /** What proves it. */
  readonly reason: string;
  /** Where it was when the checks passed; null for a disk that is no path on the host. */
  readonly sourcePath: string | null;
}

/** What happens to one disk: copied, brought as a file, left where both hosts see it, or nothing to do (an empty drive). */
export type DiskPlan =
  | CopyPlan
  | BringPlan
  | SharedPlan
  | { readonly action: "none"; readonly target: string; readonly reason: string }
  | { readonly action: "immovable"; readonly target: string; readonly reason: string; readonly remedy: string };

/** A network card that is plugged into something of another name at the destination, by the hosts' network maps. */
export interface CardPlan {
  readonly mac: string;
  readonly type: NetworkPlace["type"];
  readonly from: string;
  readonly to: string;
  /** Whether the running guest has it, not only the definition that its next start uses. */
  readonly running: boolean;
}

/** Where a saved move puts the guest's state: a file in a pool, at the source and at the destination. Its name carries the migration's id. */
export interface StatePlace {
  readonly sourcePool: string;
  readonly sourcePath: string;
  readonly pool: string;
  readonly path: string;
  readonly name: string;
}

/** The size that the guest gets at the destination. */
export interface ResizePlan {
  readonly memoryMiB: number;
  readonly vcpus: number;
  /** The copy of its root disk that grows; null: it keeps its size. */
  readonly root: { readonly target: string; readonly path: string; readonly capacityBytes: number } | null;
}

/** What the check phase decided; every later step works from this record. Holds no secrets: it is stored and shown. */
export interface MovePlan {
  readonly sourceId: HostId;
  readonly destinationId: HostId;
  readonly mode: OrderMode;
  readonly transport: Transport;
  readonly guest: { readonly uuid: string; readonly name: string };
  /** Whether the guest was paused when the checks passed; the transfer looks again. */
  readonly paused: boolean;
  /** As it is at the source. */
  readonly memoryMiB: number;
  readonly vcpus: number;
  /** Only of a move to another size. */
  readonly resize?: ResizePlan;
  /** MiB that the destination could give when the checks passed, after the reserve, before any claim: the store subtracts claims under its lock. */
  readonly availableMiB: number;
  readonly disks: readonly DiskPlan[];
  /** For a saved move only. */
  readonly state: StatePlace | null;
  readonly pools: readonly string[];
  readonly cards: readonly CardPlan[];
  /** The destination's libvirt networks that the guest is plugged into. */
  readonly networks: readonly string[];
  /** nwfilters to place at the destination, referenced ones first. */
  readonly filters: readonly string[];
  /** All nwfilters that guard the guest at the source, referenced ones first. */
  readonly sourceFilters: readonly string[];
}

export const copies = (plan: { readonly disks: readonly DiskPlan[] }): CopyPlan[] =>
  plan.disks.filter((disk): disk is CopyPlan => disk.action === "copy");

export const brought = (plan: { readonly disks: readonly DiskPlan[] }): BringPlan[] =>
  plan.disks.filter((disk): disk is BringPlan => disk.action === "bring");

/** Every file that has to be at the destination before the transfer, what others stand on first; one that several disks share is listed once. */
export function backingFiles(plan: { readonly disks: readonly DiskPlan[] }): BackingPlan[] {
  const chains = [...copies(plan), ...brought(plan)].flatMap((disk) => disk.chain);
  const byPath = new Map(chains.map((layer) => [layer.path, layer] as const));
  return [...byPath.values()];
}
