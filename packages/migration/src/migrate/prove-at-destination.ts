import { fail, whereabouts } from "@ferry/core";
import type { MovePlan } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";
import { askBoth } from "./ask-both.ts";

/** Throws unless the destination has the guest and the source has not: the proof before anything of the source is removed. */
export async function proveAtDestination(plan: MovePlan, ports: MigrationPorts): Promise<void> {
  const { source, destination } = await askBoth(plan, ports);
  if (destination.kind === "present" && destination.state === "shutoff" && destination.persistent && source.kind === "absent") return;
  const where = whereabouts(source, destination);
  if (where !== "at-destination")
    throw fail("WHEREABOUTS_UNKNOWN", { reason: `the server is ${where}, so nothing is removed at the source` });
}
