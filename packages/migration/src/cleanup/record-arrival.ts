import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { powerNow } from "../migrate/note-power.ts";
import type { MigrationPorts } from "../ports.ts";

/** The record follows reality: the server is on its new host, as it is seen there; after a cold move it waits there to be confirmed. */
export const recordArrival: Step<MigrationPorts, null> = {
  name: "record-arrival",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    const power = await powerNow(await ports.hosts.host(plan.destinationId), plan.guest.uuid);
    await ports.store.recordArrival({ power, awaitsConfirmation: plan.mode === "cold" });
    return null;
  },
  undo: { none: "after the handover the plan only goes forward" },
};
