import { fail, whereabouts } from "@ferry/core";
import type { MovePlan } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";
import { askBoth, type BothSides } from "./ask-both.ts";

/** Throws unless the destination has the guest and the source has not: the proof before anything of the source is removed. */
export async function proveAtDestination(plan: MovePlan, ports: MigrationPorts): Promise<void> {
  const sides = await askBoth(plan, ports);
  if (isOnlyAtDestination(sides)) return;
  const where = whereabouts(sides.source, sides.destination);
  throw fail("WHEREABOUTS_UNKNOWN", { reason: `the server is ${where.replaceAll("-", " ")}, so nothing is removed at the source` });
}

/**
 * Whether, after the handover, the guest is the destination's alone. A guest that was shut down there since counts: it is defined at the
 * destination, and at the source it is gone or shut off by the migration.
 */
export function isOnlyAtDestination({ source, destination }: BothSides): boolean {
  if (whereabouts(source, destination) === "at-destination") return true;
  if (destination.kind !== "present" || !destination.persistent) return false;
  const endedThere = destination.state === "shutoff" || destination.state === "crashed";
  const leftHere = source.kind === "absent" || (source.kind === "present" && source.state === "shutoff" && source.reason === "migrated");
  return endedThere && leftHere;
}
