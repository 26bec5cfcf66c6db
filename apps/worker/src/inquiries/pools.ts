import { fail, type GuestDisk, type HostId, type HostPorts, type InquiryAnswer, type InquiryInput, type PoolFacts } from "@ferry/core";
import type { Worker } from "../dependencies.ts";
import { refreshHost } from "../hosts/refresh-host.ts";
import { orStorageRefusal } from "./storage-refusal.ts";

/** Defines the pool and starts it. One that does not start is not left defined, unless it was before. */
export async function definePool(input: InquiryInput<"define-pool">, worker: Worker): Promise<InquiryAnswer<"define-pool">> {
  const { name, source } = input;
  return await onHost(input.hostId, worker, async ({ storage }) => {
    const { defined } = await storage.definePool(name, source);
    try {
      await storage.startPool(name);
    } catch (error) {
      if (defined) await storage.undefinePool(name);
      throw error;
    }
  });
}

/** Starts the pool, or stops it unless a guest has a disk in it. */
export async function switchPool(input: InquiryInput<"switch-pool">, worker: Worker): Promise<InquiryAnswer<"switch-pool">> {
  const { name, active } = input;
  return await onHost(input.hostId, worker, async (host) => {
    const pool = await poolNamed(name, host);
    if (active) await host.storage.startPool(name);
    else await stopUnused(pool, "stop", host);
  });
}

/** Stops the pool and removes its definition, unless a guest has a disk in it. */
export async function removePool(input: InquiryInput<"remove-pool">, worker: Worker): Promise<InquiryAnswer<"remove-pool">> {
  const { name } = input;
  return await onHost(input.hostId, worker, async (host) => {
    await stopUnused(await poolNamed(name, host), "delete", host);
    await host.storage.undefinePool(name);
  });
}

/** Does the work, and brings the record of the host's pools up to date. */
async function onHost(id: HostId, worker: Worker, work: (host: HostPorts) => Promise<void>): Promise<Record<string, never>> {
  const host = await worker.hosts.host(id);
  await orStorageRefusal(() => work(host));
  await refreshHost(id, worker);
  return {};
}

async function poolNamed(name: string, { storage, address }: HostPorts): Promise<PoolFacts> {
  const pool = (await storage.pools()).find((one) => one.name === name);
  if (pool === undefined) throw fail("POOL_NOT_FOUND", { host: address.name, name });
  return pool;
}

async function stopUnused(pool: PoolFacts, action: string, { storage, hypervisor, address }: HostPorts): Promise<void> {
  const guests = await hypervisor.guests();
  const user = guests.find(({ definition }) => definition.disks.some((disk) => isIn(disk, pool)));
  if (user !== undefined) {
    const words = `a disk of guest ${user.definition.name}`;
    throw fail("POOL_IN_USE", { action, host: address.name, name: pool.name, user: words });
  }
  await storage.stopPool(pool.name);
}

function isIn({ source, backing }: GuestDisk, { name, path }: PoolFacts): boolean {
  if (source.type === "volume") return source.pool === name;
  const paths = [...(source.type === "file" || source.type === "block" ? [source.path] : []), ...backing.map((layer) => layer.path)];
  return path !== null && paths.some((one) => one.startsWith(`${path}/`));
}
