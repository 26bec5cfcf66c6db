import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import type { MigrationPorts } from "../ports.ts";

/** Keeps the final numbers of the transfer, which the destination's libvirtd holds after the end; null where it does not. */
export const recordSummary: Step<MigrationPorts, null> = {
  name: "record-summary",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    const job = await (await ports.hosts.host(plan.destinationId)).hypervisor.job(plan.guest.uuid);
    const numbers = job.kind === "none" ? {} : job.statistics;
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
