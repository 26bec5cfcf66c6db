import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { undoArtifacts } from "../made-things.ts";
import type { MigrationPorts } from "../ports.ts";
import { startStopped } from "./start-stopped.ts";

/** Starts the destination's pools that the move writes to; an undo stops only those that were stopped before. */
export const startPools: Step<MigrationPorts, null> = {
  name: "start-pools",
  phase: "setup",
  run: async ({ ports, outputOf }) => {
    const { destinationId, pools } = outputOf(checkConditions);
    const { storage, hypervisor } = await ports.hosts.host(destinationId);
    const stopped = (await hypervisor.facts()).pools.filter((pool) => pools.includes(pool.name) && !pool.active);
    for (const { name } of stopped)
      await startStopped(ports, { hostId: destinationId, kind: "pool-start", key: name }, () => storage.startPool(name));
    return null;
  },
  undo: async ({ ports }) => undoArtifacts(ports, "pool-start", async ({ storage }, name) => storage.stopPool(name)),
};
