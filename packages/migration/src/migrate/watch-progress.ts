import { type JobStatus, MIB, type MigrationProgress } from "@ferry/core";
import { copies, type MovePlan } from "../move-plan.ts";
import { jobProgress } from "../policy/job-progress.ts";
import type { MigrationPorts } from "../ports.ts";
import { reportWhile } from "./report-while.ts";

const AT = { phase: "migrate", step: "transfer-guest" } as const;

/** Reports the progress of the source's migration job while `work` runs; a hypervisor that does not count bytes is left alone. */
export async function watchProgress<T>(plan: MovePlan, ports: MigrationPorts, work: () => Promise<T>): Promise<T> {
  const { hypervisor } = await ports.hosts.host(plan.sourceId);
  if (!hypervisor.moves.countsBytes) return await work();
  return await reportWhile(ports, { read: () => read(plan, ports), memoryBytes: plan.memoryMiB * MIB }, work);
}

async function read(plan: MovePlan, ports: MigrationPorts): Promise<MigrationProgress | null> {
  const { hypervisor } = await ports.hosts.host(plan.sourceId);
  const targets = copies(plan).map((disk) => disk.target);
  const [job, disks] = await Promise.allSettled([hypervisor.job(plan.guest.uuid), hypervisor.diskCopies(plan.guest.uuid, targets)]);
  if (job.status === "rejected" || !isMoving(job.value)) return null;
  return jobProgress(AT, job.value, disks.status === "fulfilled" ? disks.value : [], targets.length > 0);
}

const isMoving = (job: JobStatus): boolean => job.kind === "running" && job.operation === "outgoing";
