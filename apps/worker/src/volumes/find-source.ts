import {
  fail,
  type HostPorts,
  hasCode,
  type PluggableSource,
  type PoolSource,
  pluggableSource,
  sharedIdentity,
  type VolumePlace,
} from "@ferry/core";
import type { VolumeRow } from "@ferry/store";

/** How a guest of this host reaches the volume. Throws VOLUME_ELSEWHERE when no pool of the host has it, VOLUME_UNFIT for one that no guest can use. */
export async function findSource(volume: VolumeRow, server: string, host: HostPorts): Promise<PluggableSource> {
  const { name: hostName, id } = host.address;
  const found = volume.hostId === id ? await ownPlace(volume, host) : await sharedPlace(volume, host);
  if (found === null) throw fail("VOLUME_ELSEWHERE", { id: volume.id, server });
  const source = pluggableSource(found.pool, found.place);
  if (source !== null) return source;
  const { volumeName: name, pool } = volume;
  throw fail("VOLUME_UNFIT", { name, pool, host: hostName, reason: "guests cannot take volumes from that pool" });
}

interface Found {
  readonly pool: PoolSource | null;
  readonly place: VolumePlace;
}

async function ownPlace(volume: VolumeRow, { storage }: HostPorts): Promise<Found | null> {
  const known = await storage.volumeIn(volume.pool, volume.volumeName);
  if (known === null) return null;
  return { pool: await storage.poolSource(volume.pool), place: { ...volume, path: known.path } };
}

/** The pool of this host that is the volume's, whatever its name here. */
async function sharedPlace(volume: VolumeRow, { storage }: HostPorts): Promise<Found | null> {
  for (const { name, active } of await storage.pools()) {
    const pool = active ? await sourceOf(name, storage) : null;
    if (pool === null || volume.sharedIdentity === null || sharedIdentity(pool) !== volume.sharedIdentity) continue;
    const known = await storage.volumeIn(name, volume.volumeName);
    if (known !== null) return { pool, place: { pool: name, volumeName: volume.volumeName, path: known.path } };
  }
  return null;
}

/** Null when the pool has gone meanwhile. */
async function sourceOf(name: string, storage: HostPorts["storage"]): Promise<PoolSource | null> {
  try {
    return await storage.poolSource(name);
  } catch (error) {
    if (hasCode(error, "POOL_NOT_FOUND")) return null;
    throw error;
  }
}
