import { type HostPorts, isFerryError, type JobStatistics } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import type { MigrationPorts } from "../ports.ts";

/** Keeps the final numbers of the transfer, which the destination's libvirtd holds after the end; null where it does not or cannot tell. */
export const recordSummary: Step<MigrationPorts, null> = {
  name: "record-summary",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    const numbers = await finalNumbers(await ports.hosts.host(plan.destinationId), plan.guest.uuid);
    await ports.store.saveSummary({
      transport: plan.transport,
      totalMs: numbers.elapsedMs ?? null,
      downtimeMs: numbers.downtimeMs ?? null,
      memoryBytes: numbers.memoryProcessedBytes ?? null,
      diskBytes: numbers.diskProcessedBytes ?? null,
    });
    return null;
  },
  undo: { none: "it only records" },
};

/** Numbers that cannot be had must not hold up the cleanup of a guest that has moved. */
async function finalNumbers({ hypervisor }: HostPorts, uuid: string): Promise<JobStatistics> {
  try {
    const job = await hypervisor.job(uuid);
    return job.kind === "ended" ? job.statistics : {};
  } catch (error) {
    if (isFerryError(error)) return {};
    throw error;
  }
}
