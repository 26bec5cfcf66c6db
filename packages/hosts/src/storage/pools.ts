import type { PoolFacts } from "@ferry/core";
import { isNotFound, type LibvirtConnection, type PoolHandle } from "@ferry/libvirt";
import { parsePool } from "@ferry/libvirt-xml";
import { unlessAlreadySo } from "../link/unless-already-so.ts";

/** All pools of the host, active or not. One that disappears meanwhile is left out. */
export async function readPools(connection: LibvirtConnection): Promise<PoolFacts[]> {
  const { pools } = await connection.call("connectListAllStoragePools", { needResults: 1, flags: 0 });
  const facts = await Promise.all(pools.map((pool) => readPool(connection, pool)));
  return facts.filter((fact) => fact !== null);
}

async function readPool(connection: LibvirtConnection, pool: PoolHandle): Promise<PoolFacts | null> {
  try {
    const [{ active }, { xml }] = await Promise.all([
      connection.call("storagePoolIsActive", { pool }),
      connection.call("storagePoolGetXmlDesc", { pool, flags: 0 }),
    ]);
    const { name, type, path, capacityBytes, availableBytes } = parsePool(xml);
    return { name, type, active: active === 1, path, capacityBytes, availableBytes };
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** Starts the pool; whether it was this call that did. */
export async function startPool(connection: LibvirtConnection, name: string): Promise<{ started: boolean }> {
  const { pool } = await connection.call("storagePoolLookupByName", { name });
  return { started: await unlessAlreadySo(connection.call("storagePoolCreate", { pool, flags: 0 })) };
}

/** Stops the pool; nothing happens when it is stopped or not there. */
export async function stopPool(connection: LibvirtConnection, name: string): Promise<void> {
  try {
    const { pool } = await connection.call("storagePoolLookupByName", { name });
    await unlessAlreadySo(connection.call("storagePoolDestroy", { pool }));
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

export async function refreshPool(connection: LibvirtConnection, name: string): Promise<void> {
  const { pool } = await connection.call("storagePoolLookupByName", { name });
  await connection.call("storagePoolRefresh", { pool, flags: 0 });
}
