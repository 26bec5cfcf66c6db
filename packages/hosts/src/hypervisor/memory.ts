import type { LibvirtConnection } from "@ferry/libvirt";

/** All NUMA nodes of the host together (VIR_NODE_MEMORY_STATS_ALL_CELLS). */
const ALL_CELLS = -1;

/** The host's memory in KiB; available is what a new guest can get: free, buffers and page cache. */
export async function readMemory(connection: LibvirtConnection): Promise<{ totalKiB: number; availableKiB: number }> {
  const { nparams } = await connection.call("nodeGetMemoryStats", { nparams: 0, cellNum: ALL_CELLS, flags: 0 });
  const { params } = await connection.call("nodeGetMemoryStats", { nparams, cellNum: ALL_CELLS, flags: 0 });
  const kib = (field: string): number => Number(params.find((stat) => stat.field === field)?.value ?? 0n);
  return { totalKiB: kib("total"), availableKiB: kib("free") + kib("buffers") + kib("cached") };
}
