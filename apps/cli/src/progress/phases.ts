import { isAtRest, type Phase, phases, statusOfPhase } from "@ferry/core";
import type { MigrationRecord } from "../api/migrations.ts";
import type { Step } from "./move-view.ts";

export type PhaseState = "waiting" | "active" | "done" | "failed" | "undone";

export const stepsOf = (migration: MigrationRecord, phase: Phase): Step[] => migration.steps.filter((step) => step.phase === phase);

/** The last phase of which a step has begun; null before the first step. */
const latestPhase = (migration: MigrationRecord): Phase | null => phases.findLast((phase) => stepsOf(migration, phase).length > 0) ?? null;

const has = (steps: readonly Step[], ...states: Step["state"][]): boolean => steps.some((step) => states.includes(step.state));

const doneStatuses: readonly string[] = ["completed", "finished", "confirming", "confirmed"];

/** For callers who may not see steps: the status alone tells where the move is. */
function stateByStatus({ status, migration_type }: MigrationRecord, phase: Phase): PhaseState {
  if (doneStatuses.includes(status)) return "done";
  const current = phases.findIndex((one) => statusOfPhase(migration_type, one) === status);
  const distance = phases.indexOf(phase) - current;
  if (current === -1 || distance > 0) return "waiting";
  return distance === 0 ? "active" : "done";
}

/** What to show for a phase: failures first, then reverted steps, then whether a later phase has begun or the move has ended. */
export function phaseState(migration: MigrationRecord, phase: Phase): PhaseState {
  if (migration.steps.length === 0) return stateByStatus(migration, phase);
  const steps = stepsOf(migration, phase);
  if (steps.length === 0) return "waiting";
  if (has(steps, "failed", "undo-failed")) return "failed";
  if (has(steps, "undone")) return "undone";
  const over = latestPhase(migration) !== phase || isAtRest(migration.status);
  return over && !has(steps, "started") ? "done" : "active";
}
