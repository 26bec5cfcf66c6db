import { type HostPorts, isFerryError, type JobStatistics } from "@ferry/core";
import type { Step, StepContext } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { copyDisks } from "../migrate/copy-disks.ts";
import { notePower } from "../migrate/note-power.ts";
import { copies, type MovePlan } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";
import { continueAtDestination } from "./continue-at-destination.ts";

/**
 * Keeps the final numbers: of a live transfer those that the destination's libvirtd holds after the end, null where it does not or cannot tell; else
 * what the steps wrote down.
 */
export const recordSummary: Step<MigrationPorts, null> = {
  name: "record-summary",
  phase: "cleanup",
  run: async (context) => {
    const { ports, outputOf } = context;
    const plan = outputOf(checkConditions);
    const destination = await ports.hosts.host(plan.destinationId);
    const [numbers, diskBytes] = await Promise.all([
      plan.mode === "live" ? orElse({}, finalNumbers(destination, plan.guest.uuid)) : standstill(context),
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

/** Of a guest that did not run meanwhile: how long that was, and what its saved state took. */
function standstill({ outputOf }: StepContext<MigrationPorts>): JobStatistics {
  const [before, after, copied] = [outputOf(notePower), outputOf(continueAtDestination), outputOf(copyDisks)];
  const state = copied["memory"];
  return {
    ...(before.power === "running" ? { downtimeMs: after.at - before.at } : {}),
    ...(state ? { memoryProcessedBytes: state.bytes } : {}),
  };
}

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
