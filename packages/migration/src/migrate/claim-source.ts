import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import type { MigrationPorts } from "../ports.ts";

/**
 * Keeps the guest's room at the source for it before it is stopped there, so that it can go back: while the move may be undone, and after a cold one until
 * that is confirmed or reverted. It has this room, so nothing is judged; until it stands still its memory counts twice. Its disks stay in their places.
 */
export const claimSource: Step<MigrationPorts, null> = {
  name: "claim-source",
  phase: "migrate",
  run: async ({ ports, outputOf }) => {
    const { sourceId, memoryMiB, vcpus } = outputOf(checkConditions);
    await ports.store.claim({ hostId: sourceId, memoryMiB, vcpus, diskBytes: 0, availableMiB: 0, force: true });
    return null;
  },
  undo: async ({ ports, outputIfDone }) => {
    const plan = outputIfDone(checkConditions);
    if (plan) await ports.store.releaseClaim(plan.sourceId);
  },
};
