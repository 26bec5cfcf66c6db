import { listPoolsFlags, poolLifecycleEvents, poolStates } from "@ferry/libvirt";
import type { FakeHost } from "../host.ts";
import type { FakePool } from "../pools.ts";
import { Refusal, Surprise } from "../refusal.ts";
import { attributeAt, escaped, parseRoot, textAt } from "../xml.ts";
import { type Answers, counted, onlyFlags } from "./answer.ts";

/** Storage pools. */
export const poolAnswers = (host: FakeHost): Answers => ({
  connectListAllStoragePools: ({ needResults, flags }) => {
    onlyFlags("connectListAllStoragePools", flags, listPoolsFlags.active, listPoolsFlags.inactive);
    const { items, ret } = counted(
      host.pools
        .all()
        .filter((pool) => isListed(pool, flags))
        .map((pool) => pool.handle),
      needResults,
    );
    return { pools: items, ret };
  },
  storagePoolLookupByName: ({ name }) => ({ pool: host.pools.named(name).handle }),
  storagePoolLookupByUuid: ({ uuid }) => ({ pool: host.pools.withUuid(uuid).handle }),
  storagePoolLookupByTargetPath: ({ path }) => {
    const pool = host.pools.all().find((one) => one.active && one.path === path);
    if (!pool) throw new Refusal("noStoragePool", `Storage pool not found: no storage pool with matching target path '${path}'`, "storage");
    return { pool: pool.handle };
  },
  connectGetStoragePoolCapabilities: ({ flags }) => {
    onlyFlags("connectGetStoragePoolCapabilities", flags);
    return {
      capabilities:
        "<storagepoolCapabilities><pool type='dir' supported='yes'/><pool type='rbd' supported='no'/></storagepoolCapabilities>",
    };
  },
  storagePoolDefineXml: ({ xml, flags }) => {
    onlyFlags("storagePoolDefineXml", flags);
    return { pool: definePool(host, xml).handle };
  },
  storagePoolBuild: ({ pool, flags }) => {
    onlyFlags("storagePoolBuild", flags);
    const known = host.pools.withUuid(pool.uuid);
    requireStopped(known);
    if (host.files.directoryMode(known.path) === undefined) host.files.makeDirectory(known.path, 0o711);
    return {};
  },
  storagePoolSetAutostart: ({ pool, autostart }) => {
    host.pools.withUuid(pool.uuid).autostart = autostart;
    return {};
  },
  storagePoolUndefine: ({ pool }) => {
    const known = host.pools.withUuid(pool.uuid);
    requireStopped(known);
    host.pools.remove(known);
    return {};
  },
  storagePoolIsActive: ({ pool }) => ({ active: host.pools.withUuid(pool.uuid).active ? 1 : 0 }),
  storagePoolGetInfo: ({ pool }) => poolInfo(host.pools.withUuid(pool.uuid)),
  storagePoolGetXmlDesc: ({ pool }) => ({ xml: poolXml(host.pools.withUuid(pool.uuid)) }),
  storagePoolRefresh: ({ pool }) => {
    host.pools.withUuid(pool.uuid).requireActive().refresh();
    return {};
  },
  storagePoolCreate: ({ pool, flags }) => {
    onlyFlags("storagePoolCreate", flags);
    return switchTo(host, host.pools.withUuid(pool.uuid), true);
  },
  storagePoolDestroy: ({ pool }) => switchTo(host, host.pools.withUuid(pool.uuid), false),
  storagePoolListAllVolumes: ({ pool, needResults }) => {
    const known = host.pools.withUuid(pool.uuid).requireActive();
    const volumes = known.volumes().map((name) => ({ pool: known.name, name, key: known.pathOf(name) }));
    const { items, ret } = counted(volumes, needResults);
    return { vols: items, ret };
  },
});

function requireStopped(pool: FakePool): void {
  if (pool.active)
    throw new Refusal("operationInvalid", `Requested operation is not valid: storage pool '${pool.name}' is still active`, "storage");
}

function definePool(host: FakeHost, xml: string): FakePool {
  const root = parseRoot(xml, "pool");
  const [name, path, type] = [textAt(root, "name") ?? "", textAt(root, "target", "path") ?? "", attributeAt(root, "type")];
  if (type !== "dir") throw new Surprise(`definition of a pool of kind ${type}`);
  if (host.pools.all().some((pool) => pool.name === name || pool.path === path))
    throw new Refusal("operationFailed", `operation failed: pool '${name}' already exists, or its path is taken`, "storage");
  return host.pools.define(name, path);
}

function isListed(pool: FakePool, flags: number): boolean {
  const both = listPoolsFlags.active | listPoolsFlags.inactive;
  if ((flags & both) === 0 || (flags & both) === both) return true;
  return pool.active === ((flags & listPoolsFlags.active) !== 0);
}

function poolInfo(pool: FakePool) {
  if (!pool.active) return { state: poolStates.inactive, capacity: 0n, allocation: 0n, available: 0n };
  const used = pool.usedBytes();
  const available = Math.max(0, pool.capacityBytes - used);
  return { state: poolStates.running, capacity: BigInt(pool.capacityBytes), allocation: BigInt(used), available: BigInt(available) };
}

function poolXml(pool: FakePool): string {
  const { capacity, allocation, available } = poolInfo(pool);
  const bytes = (name: string, value: bigint): string => `<${name} unit='bytes'>${value}</${name}>`;
  return `<pool type='dir'><name>${escaped(pool.name)}</name><uuid>${pool.uuid}</uuid>${bytes("capacity", capacity)}${bytes("allocation", allocation)}${bytes("available", available)}<source/><target><path>${escaped(pool.path)}</path></target></pool>`;
}

function switchTo(host: FakeHost, pool: FakePool, active: boolean): Record<string, never> {
  if (pool.active === active)
    throw new Refusal(
      "operationInvalid",
      `Requested operation is not valid: storage pool '${pool.name}' is ${active ? "already" : "not"} active`,
      "storage",
    );
  if (active) pool.start();
  else pool.stop();
  host.daemon.emit("poolLifecycle", {
    pool: pool.handle,
    event: active ? poolLifecycleEvents.started : poolLifecycleEvents.stopped,
    detail: 0,
  });
  host.datacentre.journal.note(host.name, active ? "pool-started" : "pool-stopped", pool.name);
  return {};
}
