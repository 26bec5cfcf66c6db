import { posix } from "node:path";
import { fail, type HostAddress, type VolumeFacts, type VolumeRequest } from "@ferry/core";
import { isNotFound, isVolumeExists, type LibvirtConnection, type VolumeHandle, volumeInfoFlags } from "@ferry/libvirt";
import { buildVolume, parseVolume } from "@ferry/libvirt-xml";

/** The volume at the path as libvirt last saw it, or null. */
export async function volumeAt(connection: LibvirtConnection, path: string): Promise<VolumeFacts | null> {
  return await orNull(async () => await readVolume(connection, await handleAt(connection, path)));
}

/** The volume of that name in an active pool, or null. */
export async function volumeIn(connection: LibvirtConnection, poolName: string, name: string): Promise<VolumeFacts | null> {
  const { pool } = await connection.call("storagePoolLookupByName", { name: poolName });
  return await orNull(async () => await readVolume(connection, (await connection.call("storageVolLookupByName", { pool, name })).vol));
}

/** libvirt's handle of the volume. Throws error 50 when no active pool knows it. */
export async function handleAt(connection: LibvirtConnection, path: string): Promise<VolumeHandle> {
  return (await connection.call("storageVolLookupByPath", { path })).vol;
}

async function readVolume(connection: LibvirtConnection, vol: VolumeHandle): Promise<VolumeFacts> {
  const [{ xml }, { allocation: fileBytes }] = await Promise.all([
    connection.call("storageVolGetXmlDesc", { vol, flags: 0 }),
    connection.call("storageVolGetInfoFlags", { vol, flags: volumeInfoFlags.physical }),
  ]);
  const { key: _, ...volume } = parseVolume(xml);
  return { pool: vol.pool, ...volume, fileBytes: Number(fileBytes) };
}

/** Creates a volume of the exact size. */
export async function createVolume(connection: LibvirtConnection, request: VolumeRequest, host: HostAddress): Promise<VolumeFacts> {
  const { pool } = await connection.call("storagePoolLookupByName", { name: request.pool });
  try {
    const { vol } = await connection.call("storageVolCreateXml", { pool, xml: buildVolume(request), flags: 0 });
    return await readVolume(connection, vol);
  } catch (error) {
    if (!isVolumeExists(error)) throw error;
    throw fail("DESTINATION_OCCUPIED", { host: host.name, thing: `volume ${request.name} in pool ${request.pool}` }, error);
  }
}

/** Grows the volume at the path. libvirt takes the format from the file, so one that others have written must have been refreshed. */
export async function growVolume(connection: LibvirtConnection, path: string, capacityBytes: number): Promise<void> {
  const vol = await handleAt(connection, path);
  if ((await readVolume(connection, vol)).capacityBytes >= capacityBytes) return;
  await connection.call("storageVolResize", { vol, capacity: BigInt(capacityBytes), flags: 0 });
}

/**
 * Deletes the volume at the path. A file that libvirt does not know yet (made by QEMU, or by a call whose answer was lost) is found by
 * refreshing the pool of its directory first.
 */
export async function deleteVolume(connection: LibvirtConnection, path: string): Promise<void> {
  const vol = (await orNull(() => handleAt(connection, path))) ?? (await afterRefresh(connection, path));
  if (vol) await orNull(() => connection.call("storageVolDelete", { vol, flags: 0 }));
}

async function afterRefresh(connection: LibvirtConnection, path: string): Promise<VolumeHandle | null> {
  return await orNull(async () => {
    const { pool } = await connection.call("storagePoolLookupByTargetPath", { path: posix.dirname(path) });
    await connection.call("storagePoolRefresh", { pool, flags: 0 });
    return await handleAt(connection, path);
  });
}

async function orNull<T>(question: () => Promise<T>): Promise<T | null> {
  try {
    return await question();
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
