import type { HostPorts } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { makeReserved, occupied, reserve, undoArtifacts } from "../made-things.ts";
import { type CopyPlan, copies } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";

/**
 * Creates an empty thin volume of the exact size and format for each disk that is copied. A file that this migration did not enter in the
 * ledger first is never written to; one that it did enter is made afresh, because a broken copy may have left old content in it.
 */
export const createDisks: Step<MigrationPorts, null> = {
  name: "create-disks",
  phase: "setup",
  run: async ({ ports, outputOf, signal }) => {
    const plan = outputOf(checkConditions);
    const destination = await ports.hosts.host(plan.destinationId);
    for (const disk of copies(plan)) await createDisk(disk, destination, ports, signal);
    return null;
  },
  undo: async ({ ports }) => undoArtifacts(ports, "volume", async ({ storage }, path) => storage.deleteVolume(path)),
};

async function createDisk(disk: CopyPlan, destination: HostPorts, ports: MigrationPorts, signal: AbortSignal): Promise<void> {
  const thing = { hostId: destination.address.id, kind: "volume", key: disk.path } as const;
  const [known, existing] = await Promise.all([
    ports.ledger.find(thing.hostId, thing.kind, thing.key),
    destination.storage.volumeAt(disk.path),
  ]);
  const isNew = known?.migrationId !== ports.migrationId;
  if (existing && isNew) throw occupied(destination.address.name, disk.path);
  if ((await reserve(ports, thing, signal)) !== "mine") throw occupied(destination.address.name, disk.path);
  const { pool, name, format, capacityBytes, backing } = disk;
  await makeReserved(ports, thing, isNew, async () => {
    if (existing) await destination.storage.deleteVolume(disk.path);
    await destination.storage.createVolume({ pool, name, format, capacityBytes, backing });
  });
}
