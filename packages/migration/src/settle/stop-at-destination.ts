import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { endGuest } from "../migrate/end-guest.ts";
import type { MigrationPorts } from "../ports.ts";

/** Shuts the guest down at the destination; what it has written there since the move is given up. Nothing happens once its definition is gone. */
export const stopAtDestination: Step<MigrationPorts, null> = {
  name: "stop-at-destination",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    const destination = await ports.hosts.host(plan.destinationId);
    if (await destination.hypervisor.guest(plan.guest.uuid)) await endGuest(plan.guest.uuid, destination, ports);
    return null;
  },
  undo: { none: "a reversal only goes forward" },
};
