import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import type { MigrationPorts } from "../ports.ts";

/** The record follows reality at once: the server is on its new host as soon as that host runs it, or holds it paused if it was moved paused. */
export const recordHandover: Step<MigrationPorts, null> = {
  name: "record-handover",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    const seen = await (await ports.hosts.host(plan.destinationId)).hypervisor.observe(plan.guest.uuid);
    await ports.store.recordHandover({ paused: seen.kind === "present" ? seen.state === "paused" : plan.paused });
    return null;
  },
  undo: { none: "after the handover the plan only goes forward" },
};
