import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import type { MigrationPorts } from "../ports.ts";

/** The record follows reality at once: the server is on its new host as soon as that host runs it. */
export const recordHandover: Step<MigrationPorts, null> = {
  name: "record-handover",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    await ports.store.recordHandover({ paused: outputOf(checkConditions).paused });
    return null;
  },
  undo: { none: "after the handover the plan only goes forward" },
};
