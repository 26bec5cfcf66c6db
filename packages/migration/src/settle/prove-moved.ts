import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { proveAtDestination } from "../migrate/prove-at-destination.ts";
import type { MigrationPorts } from "../ports.ts";

/** The point of no return of a confirmation: the guest is the destination's alone, so what was kept at the source may go. */
export const proveMoved: Step<MigrationPorts, null> = {
  name: "prove-moved",
  phase: "migrate",
  pivot: true,
  run: async ({ ports, outputOf }) => {
    await proveAtDestination(outputOf(checkConditions), ports);
    return null;
  },
  undo: { none: "it only looks" },
};
