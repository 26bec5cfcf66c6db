import { type HostPorts, isFerryError, type JobStatistics } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { copies, type MovePlan } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";

/** Keeps the final numbers of the transfer, which the destination's libvirtd holds after the end; null where it does not or cannot tell. */
export const recordSummary: Step<MigrationPorts, null> = {
  name: "record-summary",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    const destination = await ports.hosts.host(plan.destinationId);
    const [numbers, diskBytes] = await Promise.all([
      orElse({}, finalNumbers(destination, plan.guest.uuid)),
      orElse(null, copiedBytes(destination, plan)),
    ]);
    await ports.store.saveSummary({
      transport: plan.transport,
      totalMs: numbers.elapsedMs ?? null,
      downtimeMs: numbers.downtimeMs ?? null,
      memoryBytes: numbers.memoryProcessedBytes ?? null,
      diskBytes,
    });
    return null;
  },
  undo: { none: "it only records" },
};

async function finalNumbers({ hypervisor }: HostPorts, uuid: string): Promise<JobStatistics> {
  const job = await hypervisor.job(uuid);
  return job.kind === "ended" ? job.statistics : {};
}

/** libvirt's final numbers leave the disks out; what the copies hold at the destination is what was sent, but for clusters written twice. */
async function copiedBytes({ storage }: HostPorts, plan: MovePlan): Promise<number> {
  const sizes = await Promise.all(copies(plan).map((disk) => storage.diskSize(plan.guest.uuid, disk.target)));
  return sizes.reduce((sum, size) => sum + size.allocationBytes, 0);
}

/** Numbers that cannot be had must not hold up the cleanup of a guest that has moved. */
async function orElse<T>(fallback: T, numbers: Promise<T>): Promise<T> {
  try {
    return await numbers;
  } catch (error) {
    if (isFerryError(error)) return fallback;
    throw error;
  }
}
