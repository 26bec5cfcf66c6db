import { isUnsupported, type LibvirtConnection } from "@ferry/libvirt";

/** All NUMA nodes of the host together (VIR_NODE_MEMORY_STATS_ALL_CELLS). */
const ALL_CELLS = -1;

/** The host's memory in KiB; available is what a new guest can get: free, buffers and page cache. */
export async function readMemory(connection: LibvirtConnection): Promise<HostMemory> {
  try {
    return await readStatistics(connection);
  } catch (error) {
    if (!isUnsupported(error)) throw error;
    return await readTotals(connection);
  }
}

interface HostMemory {
  readonly totalKiB: number;
  readonly availableKiB: number;
}

/** What drivers without statistics (Xen) tell: there the free memory is all that a guest can get. */
async function readTotals(connection: LibvirtConnection): Promise<HostMemory> {
  const [{ memory }, { freeMem }] = await Promise.all([connection.call("nodeGetInfo"), connection.call("nodeGetFreeMemory")]);
  return { totalKiB: Number(memory), availableKiB: Math.floor(Number(freeMem) / 1024) };
}

async function readStatistics(connection: LibvirtConnection): Promise<HostMemory> {
  const { nparams } = await connection.call("nodeGetMemoryStats", { nparams: 0, cellNum: ALL_CELLS, flags: 0 });
  const { params } = await connection.call("nodeGetMemoryStats", { nparams, cellNum: ALL_CELLS, flags: 0 });
  const kib = (field: string): number => Number(params.find((stat) => stat.field === field)?.value ?? 0n);
  return { totalKiB: kib("total"), availableKiB: kib("free") + kib("buffers") + kib("cached") };
}
