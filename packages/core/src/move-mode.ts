import type { MigrationStatus, Phase } from "./migration-state.ts";

/**
 * How a server is moved. `live`: while it runs. `cold`: shut down, its disks copied, started at the destination, kept at the source until it is
 * confirmed (Nova's cold migration). `saved`: its running state goes to a file and on from there. `offline`: a server that is off, whose disks both
 * hosts see, changes only the host that defines it.
 */
export const moveModes = ["live", "cold", "saved", "offline"] as const;
export type MoveMode = (typeof moveModes)[number];

/** What an order is for: a move that was asked for, or `evacuate`, which takes a guest away from a dead host. */
export type OrderMode = MoveMode | "evacuate";

/** Whether a guest executes, is held, or has no process: what a move that is not live has to bring back. */
export type GuestPower = "running" | "paused" | "off";

/** Nova's `migration_type`: a cold move to another size is a `resize`, every other move that is not live a `migration`. */
export type MigrationType = "live-migration" | "migration" | "resize" | "evacuation";

export function migrationTypeOf(mode: OrderMode, resizes = false): MigrationType {
  if (resizes) return "resize";
  if (mode === "evacuate") return "evacuation";
  return mode === "live" ? "live-migration" : "migration";
}

const statuses: Record<MigrationType, Record<Phase, MigrationStatus>> = {
  "live-migration": { check: "queued", setup: "preparing", migrate: "running", cleanup: "post-migrating" },
  migration: { check: "pre-migrating", setup: "pre-migrating", migrate: "migrating", cleanup: "post-migrating" },
  resize: { check: "pre-migrating", setup: "pre-migrating", migrate: "migrating", cleanup: "post-migrating" },
  evacuation: { check: "pre-migrating", setup: "pre-migrating", migrate: "pre-migrating", cleanup: "post-migrating" },
};

/** The status that a move of this type shows while the given phase runs. */
export const statusOfPhase = (type: MigrationType, phase: Phase): MigrationStatus => statuses[type][phase];
