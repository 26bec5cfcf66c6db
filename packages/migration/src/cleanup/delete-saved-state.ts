import type { HostPorts } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { undoArtifacts } from "../made-things.ts";
import { poolAt } from "../migrate/pool-at.ts";
import { proveAtDestination } from "../migrate/prove-at-destination.ts";
import type { MigrationPorts } from "../ports.ts";

/** Deletes what is left of the guest's saved state on both hosts, once more proven that the destination has the guest. */
export const deleteSavedState: Step<MigrationPorts, null> = {
  name: "delete-saved-state",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    await proveAtDestination(outputOf(checkConditions), ports);
    await undoArtifacts(ports, "saved-state", deleteFile);
    return null;
  },
  undo: { none: "after the handover the plan only goes forward" },
};

/** On shared storage the other host may have deleted it: the pool is looked at first. */
async function deleteFile(host: HostPorts, path: string): Promise<void> {
  await host.storage.refreshPool(await poolAt(host, path));
  await host.storage.deleteVolume(path);
}
