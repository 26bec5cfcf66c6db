import type { HostId, Transport } from "@ferry/core";

/** A file below an overlay. The destination must have it, byte for byte, under the same path before the overlay is made. */
export interface BackingPlan {
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

/** What happens to one disk: copied, left where both hosts see it, or nothing to do (an empty drive). */
export type DiskPlan =
  | CopyPlan
  | { readonly action: "shared" | "none"; readonly target: string }
  | { readonly action: "immovable"; readonly target: string; readonly reason: string; readonly remedy: string };

/** What the check phase decided; every later step works from this record. Holds no secrets: it is stored and shown. */
export interface MovePlan {
  readonly sourceId: HostId;
  readonly destinationId: HostId;
  readonly transport: Transport;
  readonly guest: { readonly uuid: string; readonly name: string };
  /** Whether the guest was paused when the checks passed; the transfer looks again. */
  readonly paused: boolean;
  readonly memoryMiB: number;
  readonly vcpus: number;
  /** MiB that the destination could give when the checks passed, after the reserve, before any claim: the store subtracts claims under its lock. */
  readonly availableMiB: number;
  readonly disks: readonly DiskPlan[];
  readonly pools: readonly string[];
  readonly networks: readonly string[];
  /** nwfilters to place at the destination, referenced ones first. */
  readonly filters: readonly string[];
  /** All nwfilters that guard the guest at the source, referenced ones first. */
  readonly sourceFilters: readonly string[];
}

export const copies = (plan: { readonly disks: readonly DiskPlan[] }): CopyPlan[] =>
  plan.disks.filter((disk): disk is CopyPlan => disk.action === "copy");

/** Every backing file that copied disks stand on, farthest first; one that several disks share is listed once. */
export function backingFiles(plan: { readonly disks: readonly DiskPlan[] }): BackingPlan[] {
  const byPath = new Map(copies(plan).flatMap((disk) => disk.chain.map((layer) => [layer.path, layer] as const)));
  return [...byPath.values()];
}
