import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { proveAtDestination } from "../migrate/prove-at-destination.ts";
import type { MigrationPorts } from "../ports.ts";

/**
 * Removes the source's definition, once more proven that the destination runs the guest. One that is to be kept is only kept from starting with its
 * host: the guest must not come up a second time by itself.
 */
export const undefineSource: Step<MigrationPorts, null> = {
  name: "undefine-source",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    await proveAtDestination(plan, ports);
    const [{ hypervisor }, { outcome }] = await Promise.all([ports.hosts.host(plan.sourceId), ports.store.order()]);
    if (outcome.keepSource) await hypervisor.startWithHost(plan.guest.uuid, false);
    else await hypervisor.undefine(plan.guest.uuid);
    return null;
  },
  undo: { none: "after the handover the plan only goes forward" },
};
