import type { Step } from "@ferry/engine";
import type { MigrationPorts } from "../ports.ts";

/** The guest's memory now counts at the destination by itself; the reservation ends. */
export const releaseClaim: Step<MigrationPorts, null> = {
  name: "release-claim",
  phase: "cleanup",
  run: async ({ ports }) => {
    await ports.store.releaseClaim();
    return null;
  },
  undo: { none: "it is itself the undo of claim-destination" },
};
