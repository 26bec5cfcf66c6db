import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { occupied, undoArtifacts } from "../made-things.ts";
import type { MigrationPorts } from "../ports.ts";

/** Starts the destination's pools that the move writes to; an undo stops only those that were stopped before. */
export const startPools: Step<MigrationPorts, null> = {
  name: "start-pools",
  phase: "setup",
  run: async ({ ports, outputOf }) => {
    const { destinationId: hostId, pools } = outputOf(checkConditions);
    const { storage, hypervisor, address } = await ports.hosts.host(hostId);
    const stopped = (await hypervisor.facts()).pools.filter((pool) => pools.includes(pool.name) && !pool.active);
    const migrationId = (await ports.store.order()).id;
    for (const { name } of stopped) {
      const entry = { hostId, kind: "pool-start", key: name } as const;
      if ((await ports.ledger.begin({ ...entry, migrationId })) === "foreign")
        throw occupied(address.name, `a start of pool ${name} by another migration`);
      await storage.startPool(name);
      await ports.ledger.made(entry);
    }
    return null;
  },
  undo: async ({ ports }) => undoArtifacts(ports, "pool-start", async ({ storage }, name) => storage.stopPool(name)),
};
