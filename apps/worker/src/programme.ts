import type { MigrationOrder, MigrationStatus } from "@ferry/core";
import type { Plan } from "@ferry/engine";
import { coldMigration, confirmation, evacuation, liveMigration, type MigrationPorts, reversal, stateMigration } from "@ferry/migration";

/** The plan that a migration is at, and the status that its good end gives. */
export interface Programme {
  readonly plan: Plan<MigrationPorts>;
  readonly end: MigrationStatus;
}

/** A cold migration has three plans, one after another in one step log: the move, and later its confirmation or its reversal. */
export function programmeOf({ mode, status }: Pick<MigrationOrder, "mode" | "status">): Programme {
  if (status === "confirming") return { plan: confirmation, end: "confirmed" };
  if (status === "reverting") return { plan: reversal, end: "reverted" };
  if (mode === "evacuate") return { plan: evacuation, end: "done" };
  if (mode === "live") return { plan: liveMigration, end: "completed" };
  return mode === "cold" ? { plan: coldMigration, end: "finished" } : { plan: stateMigration, end: "completed" };
}
