import { isDeepStrictEqual } from "node:util";
import { fail, type HostAddress, isFilePool, type PoolSource } from "@ferry/core";
import { isNotFound, type LibvirtConnection, type PoolHandle, poolBuildFlags } from "@ferry/libvirt";
import { buildPool, parsePoolKinds, parsePoolSource } from "@ferry/libvirt-xml";
import { unlessAlreadySo } from "../link/unless-already-so.ts";

/** Kinds of pools that the host's libvirt has a backend for. */
export async function readPoolKinds(connection: LibvirtConnection): Promise<string[]> {
  return parsePoolKinds((await connection.call("connectGetStoragePoolCapabilities", { flags: 0 })).capabilities);
}

/** What the pool is made of. Throws POOL_NOT_FOUND. */
export async function readPoolSource(connection: LibvirtConnection, name: string, host: HostAddress): Promise<PoolSource | null> {
  const pool = await poolNamed(connection, name);
  if (pool === null) throw fail("POOL_NOT_FOUND", { host: host.name, name });
  return await sourceOf(connection, pool);
}

/** Defines the pool, lets it start with its host, and makes its directory if it is one of files; whether it was this call that defined it. */
export async function definePool(
  connection: LibvirtConnection,
  name: string,
  source: PoolSource,
  host: HostAddress,
): Promise<{ defined: boolean }> {
  const known = await poolNamed(connection, name);
  if (known !== null && !isDeepStrictEqual(await sourceOf(connection, known), source)) throw fail("POOL_EXISTS", { host: host.name, name });
  if (!(await readPoolKinds(connection)).includes(source.kind))
    throw fail("POOL_KIND_UNSUPPORTED", { host: host.name, name, kind: source.kind });
  const pool = known ?? (await connection.call("storagePoolDefineXml", { xml: buildPool(name, source), flags: 0 })).pool;
  try {
    await connection.call("storagePoolSetAutostart", { pool, autostart: 1 });
    if (isFilePool(source.kind)) await unlessAlreadySo(connection.call("storagePoolBuild", { pool, flags: poolBuildFlags.new }));
    return { defined: known === null };
  } catch (error) {
    if (known === null) await undefinePool(connection, name);
    throw error;
  }
}

/** Removes the definition; what the pool holds stays. */
export async function undefinePool(connection: LibvirtConnection, name: string): Promise<void> {
  const pool = await poolNamed(connection, name);
  if (pool !== null) await connection.call("storagePoolUndefine", { pool });
}

async function poolNamed(connection: LibvirtConnection, name: string): Promise<PoolHandle | null> {
  try {
    return (await connection.call("storagePoolLookupByName", { name })).pool;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

async function sourceOf(connection: LibvirtConnection, pool: PoolHandle): Promise<PoolSource | null> {
  return parsePoolSource((await connection.call("storagePoolGetXmlDesc", { pool, flags: 0 })).xml);
}
