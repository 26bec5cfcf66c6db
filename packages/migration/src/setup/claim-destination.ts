import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { copies } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";

/** Reserves the guest's memory, processors and disk bytes at the destination, under a lock; the reservation belongs to the migration. */
export const claimDestination: Step<MigrationPorts, null> = {
  name: "claim-destination",
  phase: "setup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    const { force } = await ports.store.order();
    await ports.store.claim({
      hostId: plan.destinationId,
      memoryMiB: plan.resize?.memoryMiB ?? plan.memoryMiB,
      vcpus: plan.resize?.vcpus ?? plan.vcpus,
      diskBytes: copies(plan).reduce((sum, disk) => sum + disk.usedBytes, 0),
      availableMiB: plan.availableMiB,
      force,
    });
    return null;
  },
  undo: async ({ ports, outputIfDone }) => {
    const plan = outputIfDone(checkConditions);
    if (plan) await ports.store.releaseClaim(plan.destinationId);
  },
};
