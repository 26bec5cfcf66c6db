import type { HostId, Transport } from "@ferry/core";

/** A backing file that the destination lacks: brought over whole before the overlay is made. */
export interface BackingPlan {
  readonly path: string;
  readonly pool: string;
  readonly name: string;
  readonly format: "qcow2" | "raw";
  readonly capacityBytes: number;
  readonly fileBytes: number;
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
  readonly backing: { readonly path: string; readonly format: string } | null;
  readonly bring: readonly BackingPlan[];
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
  readonly paused: boolean;
  readonly memoryMiB: number;
  readonly vcpus: number;
  /** MiB that the destination had for guests when the checks passed, claims not counted: the record subtracts those under its lock. */
  readonly availableMiB: number;
  readonly disks: readonly DiskPlan[];
  readonly pools: readonly string[];
  readonly networks: readonly string[];
  /** nwfilters to place at the destination, referenced ones first. */
  readonly filters: readonly string[];
  readonly sourceFilters: readonly string[];
}

export const copies = (plan: { readonly disks: readonly DiskPlan[] }): CopyPlan[] =>
  plan.disks.filter((disk): disk is CopyPlan => disk.action === "copy");
