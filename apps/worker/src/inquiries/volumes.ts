import {
  type FerryError,
  fail,
  GIB,
  type HostPorts,
  hasGivenVolumes,
  type InquiryAnswer,
  type InquiryInput,
  isFerryError,
  isFilePool,
  pluggableSource,
  sharedIdentity,
  type VolumeFacts,
} from "@ferry/core";
import type { VolumeRow } from "@ferry/store";
import type { Worker } from "../dependencies.ts";
import { isSilence } from "../is-silence.ts";
import { refuseUsed } from "../volumes/refuse-used.ts";
import { orStorageRefusal } from "./storage-refusal.ts";

/** Makes the volume that the record asks for. What a first try has made is found by its name, which no other volume has. */
export async function createVolume({ volumeId }: InquiryInput<"create-volume">, worker: Worker): Promise<InquiryAnswer<"create-volume">> {
  return await enterMade(volumeId, worker, async (volume, host) => {
    const { storage } = host;
    const pool = (await storage.pools()).find(({ name }) => name === volume.pool);
    if (pool === undefined) throw fail("POOL_NOT_FOUND", { host: host.address.name, name: volume.pool });
    if (hasGivenVolumes(pool.type))
      throw unfit(volume, host, `no volumes can be made in a pool of kind ${pool.type}; adopt one that is there`);
    const allocated = !isFilePool(pool.type);
    if (allocated && volume.format !== "raw") throw unfit(volume, host, `volumes of a pool of kind ${pool.type} must be raw`);
    const request = { pool: pool.name, name: volume.volumeName, format: volume.format, capacityBytes: volume.sizeGiB * GIB };
    return (await storage.volumeIn(pool.name, volume.volumeName)) ?? (await storage.createVolume({ ...request, allocated, backing: null }));
  });
}

/** Takes up a volume that is there, in the format that was declared; one that stands on another file, or that a guest uses, is refused. */
export async function adoptVolume({ volumeId }: InquiryInput<"adopt-volume">, worker: Worker): Promise<InquiryAnswer<"adopt-volume">> {
  return await enterMade(volumeId, worker, async (volume, host) => {
    await host.storage.refreshPool(volume.pool);
    const found = await host.storage.volumeIn(volume.pool, volume.volumeName);
    if (found === null) throw unfit(volume, host, "the pool has no volume of that name");
    if (found.backing !== null) throw unfit(volume, host, `it stands on ${found.backing.path}; flatten it first`);
    const source = pluggableSource(await host.storage.poolSource(volume.pool), { ...volume, path: found.path });
    if (source === null) throw unfit(volume, host, "guests cannot take volumes from that pool");
    await refuseUsed({ action: "adopt", id: volume.volumeName, except: null }, source, host);
    return found;
  });
}

/** Deletes the volume, and then its record. One that only its storage's administrator could delete stays there as it is. */
export async function deleteVolume({ volumeId }: InquiryInput<"delete-volume">, worker: Worker): Promise<InquiryAnswer<"delete-volume">> {
  const { volumes } = worker.store;
  const volume = await volumes.find(volumeId);
  if (volume?.status !== "deleting") return {};
  try {
    await orStorageRefusal(async () => await deleteUnused(volume, await worker.hosts.host(volume.hostId)));
  } catch (error) {
    if (isFerryError(error)) await volumes.broke(volumeId, error.message);
    throw error;
  }
  await volumes.remove(volumeId);
  return {};
}

async function deleteUnused(volume: VolumeRow, host: HostPorts): Promise<void> {
  const path = volume.path ?? (await host.storage.volumeIn(volume.pool, volume.volumeName))?.path ?? null;
  const pool = await host.storage.poolSource(volume.pool);
  const source = pluggableSource(pool, { ...volume, path });
  if (source !== null) await refuseUsed({ action: "delete", id: volume.id, except: null }, source, host);
  if (path !== null && !(pool && hasGivenVolumes(pool.kind))) await host.storage.deleteVolume(path);
}

/** Does the work and records where the volume is. One that was refused leaves no record; when it is not known how far it came, it is in `error`. */
async function enterMade(
  id: string,
  worker: Worker,
  work: (volume: VolumeRow, host: HostPorts) => Promise<VolumeFacts>,
): Promise<Record<string, never>> {
  const { volumes } = worker.store;
  const volume = await volumes.find(id);
  if (volume?.status !== "creating") return {};
  const host = await worker.hosts.host(volume.hostId);
  try {
    const identity = sharedIdentity(await host.storage.poolSource(volume.pool));
    const { path, capacityBytes } = await orStorageRefusal(() => work(volume, host));
    const { pool, volumeName } = volume;
    await volumes.made(id, { pool, volumeName, path, sizeGiB: Math.ceil(capacityBytes / GIB), sharedIdentity: identity });
  } catch (error) {
    if (!isFerryError(error)) throw error;
    if (isSilence(error)) await volumes.broke(id, error.message);
    else await volumes.remove(id);
    throw error;
  }
  return {};
}

const unfit = ({ volumeName: name, pool }: VolumeRow, { address }: HostPorts, reason: string): FerryError =>
  fail("VOLUME_UNFIT", { name, pool, host: address.name, reason });
