import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import type { MigrationPorts } from "../ports.ts";

/** The guest's memory now counts at the destination by itself; the reservation there ends. */
export const releaseClaim: Step<MigrationPorts, null> = {
  name: "release-claim",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    await ports.store.releaseClaim(outputOf(checkConditions).destinationId);
    return null;
  },
  undo: { none: "it is itself the undo of claim-destination" },
};
