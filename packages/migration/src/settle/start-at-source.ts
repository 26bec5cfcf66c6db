import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { notePower } from "../migrate/note-power.ts";
import type { MigrationPorts } from "../ports.ts";

/** Starts the guest at the source if it ran before it was moved. */
export const startAtSource: Step<MigrationPorts, null> = {
  name: "start-at-source",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    const { power } = outputOf(notePower);
    const { hypervisor } = await ports.hosts.host(plan.sourceId);
    if (power !== "off") await hypervisor.start(plan.guest.uuid, { paused: power === "paused" });
    return null;
  },
  undo: { none: "a reversal only goes forward" },
};
