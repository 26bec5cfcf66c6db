import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import type { MigrationPorts } from "../ports.ts";
import { poolAt } from "./pool-at.ts";

/** Grows the copy of the root disk to the size that was asked for; the source's own stays as it is, for the way back. */
export const growRootDisk: Step<MigrationPorts, null> = {
  name: "grow-root-disk",
  phase: "migrate",
  run: async ({ ports, outputOf }) => {
    const { resize, destinationId } = outputOf(checkConditions);
    if (!resize?.root) return null;
    const host = await ports.hosts.host(destinationId);
    await host.storage.refreshPool(await poolAt(host, resize.root.path));
    await host.storage.growVolume(resize.root.path, resize.root.capacityBytes);
    return null;
  },
  undo: { none: "the copy goes with create-disks" },
};
