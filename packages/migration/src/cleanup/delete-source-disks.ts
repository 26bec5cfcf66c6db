import { isConfigDriveOf } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { proveAtDestination } from "../migrate/prove-at-destination.ts";
import { brought, copies } from "../move-plan.ts";
import { usedPaths } from "../policy/used-paths.ts";
import type { MigrationPorts } from "../ports.ts";

/**
 * Detaches the copied disks, and the config drive that is the server's own, at the source for good: deletes their volumes, but none that another guest
 * there, or a definition that is kept, still uses.
 */
export const deleteSourceDisks: Step<MigrationPorts, { readonly deleted: string[]; readonly kept: string[] }> = {
  name: "delete-source-disks",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    await proveAtDestination(plan, ports);
    const { storage, hypervisor } = await ports.hosts.host(plan.sourceId);
    const [guests, pools] = await Promise.all([hypervisor.guests(), storage.pools()]);
    const used = usedPaths(guests, pools);
    const moved = [...copies(plan), ...brought(plan).filter((disk) => isConfigDriveOf(plan.guest.uuid, disk.sourcePath))];
    const kept = moved.filter((disk) => used.has(disk.sourcePath));
    const free = moved.filter((disk) => !used.has(disk.sourcePath));
    for (const disk of free) await storage.deleteVolume(disk.sourcePath);
    return { deleted: free.map((disk) => disk.sourcePath), kept: kept.map((disk) => disk.sourcePath) };
  },
  undo: { none: "after the handover the plan only goes forward" },
};
