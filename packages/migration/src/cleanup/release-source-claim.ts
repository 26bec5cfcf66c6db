import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import type { MigrationPorts } from "../ports.ts";

/** The guest has gone back to the source, where its memory counts by itself, or never will: the reservation there ends. */
export const releaseSourceClaim: Step<MigrationPorts, null> = {
  name: "release-source-claim",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    await ports.store.releaseClaim(outputOf(checkConditions).sourceId);
    return null;
  },
  undo: { none: "it is itself the undo of claim-source" },
};
