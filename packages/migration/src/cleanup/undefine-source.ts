import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { proveAtDestination } from "../migrate/prove-at-destination.ts";
import type { MigrationPorts } from "../ports.ts";

/** Removes the source's definition, once more proven that the destination runs the guest. */
export const undefineSource: Step<MigrationPorts, null> = {
  name: "undefine-source",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    await proveAtDestination(plan, ports);
    await (await ports.hosts.host(plan.sourceId)).hypervisor.undefine(plan.guest.uuid);
    return null;
  },
  undo: { none: "after the handover the plan only goes forward" },
};
