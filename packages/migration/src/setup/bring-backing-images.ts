import type { Artifact, HostPorts } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { occupied, undoArtifacts } from "../made-things.ts";
import { type BackingPlan, copies } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";

type Entry = Pick<Artifact, "hostId" | "kind" | "key">;

/**
 * Brings each backing file that the destination lacks, whole, through the worker. The ledger holds it as `making` until the last byte was
 * acknowledged, so a half file is never taken for a base.
 */
export const bringBackingImages: Step<MigrationPorts, null> = {
  name: "bring-backing-images",
  phase: "setup",
  run: async ({ ports, outputOf, signal }) => {
    const plan = outputOf(checkConditions);
    const [source, destination] = await Promise.all([ports.hosts.host(plan.sourceId), ports.hosts.host(plan.destinationId)]);
    for (const layer of copies(plan).flatMap((disk) => disk.bring)) {
      const entry = { hostId: plan.destinationId, kind: "base-image", key: layer.path } as const;
      if (!(await reserve(ports, entry, destination))) continue;
      await bring(layer, source, destination, signal);
      await ports.ledger.made(entry);
    }
    return null;
  },
  undo: async ({ ports }) => undoArtifacts(ports, "base-image", async ({ storage }, path) => storage.deleteVolume(path)),
};

/** Enters the file in the ledger; false when it is there already and whole, by this or an earlier migration. */
async function reserve(ports: MigrationPorts, entry: Entry, destination: HostPorts): Promise<boolean> {
  const known = await ports.ledger.find(entry.hostId, entry.kind, entry.key);
  const exists = (await destination.storage.volumeAt(entry.key)) !== null;
  if (!known && exists) throw occupied(destination.address.name, entry.key);
  const { id: migrationId } = await ports.store.order();
  const claim = await ports.ledger.begin({ ...entry, migrationId });
  if (claim === "foreign") throw occupied(destination.address.name, `${entry.key}, being copied by another migration,`);
  if (exists && (claim === "kept" || known?.state === "made")) return false;
  if (exists) await destination.storage.deleteVolume(entry.key);
  return true;
}

async function bring(layer: BackingPlan, source: HostPorts, destination: HostPorts, signal: AbortSignal): Promise<void> {
  const { pool, name, format, capacityBytes } = layer;
  await destination.storage.createVolume({ pool, name, format, capacityBytes, backing: null });
  await destination.storage.upload(layer.path, source.storage.download(layer.path, signal), layer.fileBytes, signal);
  await destination.storage.refreshPool(pool);
}
