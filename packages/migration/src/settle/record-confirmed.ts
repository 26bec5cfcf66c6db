import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { powerNow } from "../migrate/note-power.ts";
import type { MigrationPorts } from "../ports.ts";

/** The server is an ordinary one again, at its new host. */
export const recordConfirmed: Step<MigrationPorts, null> = {
  name: "record-confirmed",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    await ports.store.recordConfirmed({ power: await powerNow(await ports.hosts.host(plan.destinationId), plan.guest.uuid) });
    return null;
  },
  undo: { none: "a confirmation only goes forward" },
};
