import { fail, type HostPorts } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { makeReserved, occupied, type Reservation, reserve, type Thing, undoArtifacts } from "../made-things.ts";
import { type BackingPlan, backingFiles } from "../move-plan.ts";
import { usedPaths } from "../policy/used-paths.ts";
import type { MigrationPorts } from "../ports.ts";
import { sameContent } from "./same-content.ts";

/**
 * Makes the destination have every backing file and read-only medium: a missing one is brought whole, through the worker; one that is there is
 * compared, because a guest on another base would read garbage. The ledger holds a file as `making` until its last byte was acknowledged, and other migrations
 * that need it wait until this one has ended, so a half or vanishing file is never taken for a base.
 */
export const bringBackingImages: Step<MigrationPorts, null> = {
  name: "bring-backing-images",
  phase: "setup",
  run: async ({ ports, outputOf, signal }) => {
    const plan = outputOf(checkConditions);
    const [source, destination] = await Promise.all([ports.hosts.host(plan.sourceId), ports.hosts.host(plan.destinationId)]);
    for (const layer of backingFiles(plan)) await provide(layer, { source, destination, ports, signal });
    return null;
  },
  undo: async ({ ports }) =>
    undoArtifacts(ports, "base-image", async (host, path) => {
      if (await isUsed(host, path)) return "kept";
      return host.storage.deleteVolume(path);
    }),
};

interface Move {
  readonly source: HostPorts;
  readonly destination: HostPorts;
  readonly ports: MigrationPorts;
  readonly signal: AbortSignal;
}

async function provide(layer: BackingPlan, move: Move): Promise<void> {
  const { destination, ports } = move;
  const { path } = layer;
  const thing = { hostId: destination.address.id, kind: "base-image", key: path } as const;
  const known = await ports.ledger.find(thing.hostId, thing.kind, path);
  if (known?.migrationId === ports.migrationId && known.state === "made") return;
  if (!known && (await destination.storage.volumeAt(path))) return requireSame(layer, move);
  const claim = await reserveLayer(thing, move);
  if (claim === "foreign") throw occupied(destination.address.name, `${path}, being copied by another migration,`);
  const existing = await destination.storage.volumeAt(path);
  if (existing && (claim === "kept" || (await isUsed(destination, path)))) return requireSame(layer, move);
  await makeReserved(ports, thing, known?.migrationId !== ports.migrationId, async () => {
    if (existing) await destination.storage.deleteVolume(path);
    await bring(layer, move);
  });
}

/** An entry of an earlier migration whose file somebody has removed since is worth nothing: the file is brought anew, as this migration's. */
async function reserveLayer(thing: Thing, { destination, ports, signal }: Move): Promise<Reservation> {
  const claim = await reserve(ports, thing, signal);
  if (claim !== "kept" || (await destination.storage.volumeAt(thing.key))) return claim;
  await ports.ledger.forget(thing);
  return reserve(ports, thing, signal);
}

async function bring(
  { sourcePath, path, pool, name, format, capacityBytes, fileBytes }: BackingPlan,
  { source, destination, signal }: Move,
): Promise<void> {
  await destination.storage.createVolume({ pool, name, format, capacityBytes, backing: null });
  await destination.storage.upload(path, source.storage.download(sourcePath, signal), fileBytes, signal);
  await destination.storage.refreshPool(pool);
}

async function requireSame({ sourcePath, path }: BackingPlan, { source, destination, signal }: Move): Promise<void> {
  if (await sameContent(source.storage.download(sourcePath, signal), destination.storage.download(path, signal))) return;
  throw fail("DESTINATION_OCCUPIED", { host: destination.address.name, thing: `a file ${path} with other content` });
}

async function isUsed({ hypervisor, storage }: HostPorts, path: string): Promise<boolean> {
  const [guests, pools] = await Promise.all([hypervisor.guests(), storage.pools()]);
  return usedPaths(guests, pools).has(path);
}
