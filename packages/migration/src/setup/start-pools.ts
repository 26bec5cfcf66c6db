import { fail, type HostPorts } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { madeBy, undoArtifacts } from "../made-things.ts";
import type { MigrationPorts } from "../ports.ts";
import { isUsedByOthers, startStopped } from "./start-stopped.ts";

/** Starts the destination's pools that the move writes to; an undo stops only those that were stopped before. */
export const startPools: Step<MigrationPorts, null> = {
  name: "start-pools",
  phase: "setup",
  run: async ({ ports, outputOf }) => {
    const { destinationId, pools } = outputOf(checkConditions);
    if (pools.length === 0) return null;
    const { storage } = await ports.hosts.host(destinationId);
    const stopped = (await storage.pools()).filter((pool) => pools.includes(pool.name) && !pool.active);
    for (const { name } of stopped)
      await startStopped(ports, { hostId: destinationId, kind: "pool-start", key: name }, () => storage.startPool(name));
    return null;
  },
  undo: async ({ ports }) => undoArtifacts(ports, "pool-start", async (host, name) => stopEmptied(host, name, ports)),
};

/** A file that could not be deleted keeps its pool running: in a stopped pool libvirt would not find it any more, and it would count as deleted. */
async function stopEmptied({ address, storage }: HostPorts, name: string, ports: MigrationPorts): Promise<"kept" | undefined> {
  const files = [...(await madeBy(ports, "volume")), ...(await madeBy(ports, "base-image"))];
  const left = files.find((file) => file.hostId === address.id);
  if (left) throw fail("HYPERVISOR_CALL_FAILED", { host: address.name, action: `stop pool ${name}`, reason: `${left.key} is still there` });
  if (await isUsedByOthers(ports, address.id)) return "kept";
  await storage.stopPool(name);
  return undefined;
}
