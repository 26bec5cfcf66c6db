import type { JobStatus, MigrationProgress } from "@ferry/core";
import { copies, type MovePlan } from "../move-plan.ts";
import { jobProgress } from "../policy/job-progress.ts";
import type { MigrationPorts } from "../ports.ts";

const AT = { phase: "migrate", step: "transfer-guest" } as const;

/**
 * Reports progress while `work` runs: to listeners at every reading, to the record every few seconds. A reading that fails is left out: the
 * transfer itself tells what went wrong.
 */
export async function watchProgress<T>(plan: MovePlan, ports: MigrationPorts, work: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const watching = report(plan, ports, over.signal);
  try {
    return await work();
  } finally {
    over.abort();
    await watching;
  }
}

async function report(plan: MovePlan, ports: MigrationPorts, over: AbortSignal): Promise<void> {
  const { clock, settings, events, store } = ports;
  const { id } = await store.order();
  let savedAt = clock.now();
  while (await stillGoing(clock.sleep(settings.statisticsEveryMs, over))) {
    const progress = await read(plan, ports);
    if (!progress) continue;
    events.progress(id, progress);
    if (clock.now() - savedAt < settings.saveProgressEveryMs) continue;
    await store.saveProgress(progress);
    savedAt = clock.now();
  }
}

const stillGoing = (pause: Promise<void>): Promise<boolean> =>
  pause.then(
    () => true,
    () => false,
  );

async function read(plan: MovePlan, ports: MigrationPorts): Promise<MigrationProgress | null> {
  const { hypervisor } = await ports.hosts.host(plan.sourceId);
  const targets = copies(plan).map((disk) => disk.target);
  const [job, disks] = await Promise.allSettled([hypervisor.job(plan.guest.uuid), hypervisor.diskCopies(plan.guest.uuid, targets)]);
  if (job.status === "rejected" || !isMoving(job.value)) return null;
  return jobProgress(AT, job.value, disks.status === "fulfilled" ? disks.value : []);
}

const isMoving = (job: JobStatus): boolean => job.kind === "running" && job.operation === "outgoing";
