import { type JobStatus, MIB, type MigrationProgress } from "@ferry/core";
import { copies, type MovePlan } from "../move-plan.ts";
import { jobProgress } from "../policy/job-progress.ts";
import { emptyHistory, withHistory } from "../policy/progress-history.ts";
import type { MigrationPorts } from "../ports.ts";

const AT = { phase: "migrate", step: "transfer-guest" } as const;

/**
 * Reports progress while `work` runs: to listeners at every reading, to the record every few seconds. A reading or a save that fails is left
 * out and made up for by the next: the transfer itself tells what went wrong, and progress never decides its outcome. The end of `work` is not
 * held up by a reading under way, because a source that just handed over may take seconds to answer.
 */
export async function watchProgress<T>(plan: MovePlan, ports: MigrationPorts, work: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const watching = Promise.allSettled([report(plan, ports, over.signal)]);
  try {
    return await work();
  } finally {
    over.abort();
    await watching;
  }
}

async function report(plan: MovePlan, ports: MigrationPorts, over: AbortSignal): Promise<void> {
  const { clock, settings, events, store, migrationId } = ports;
  let savedAt = clock.now();
  let history = emptyHistory;
  while (await stillGoing(clock.sleep(settings.statisticsEveryMs, over))) {
    const reading = await unlessOver(read(plan, ports), over);
    if (!reading) continue;
    const { progress, history: next } = withHistory(reading, history, { atMs: clock.now(), memoryBytes: plan.memoryMiB * MIB });
    history = next;
    events.progress(migrationId, progress);
    if (clock.now() - savedAt < settings.saveProgressEveryMs) continue;
    const [saved] = await Promise.allSettled([store.saveProgress(progress)]);
    if (saved.status === "fulfilled") savedAt = clock.now();
  }
}

const stillGoing = (pause: Promise<void>): Promise<boolean> =>
  pause.then(
    () => true,
    () => false,
  );

/** The value, or null when it fails or when `over` comes first. */
function unlessOver<T>(value: Promise<T>, over: AbortSignal): Promise<T | null> {
  const { promise, resolve } = Promise.withResolvers<T | null>();
  over.addEventListener("abort", () => resolve(null), { once: true });
  value.then(resolve, () => resolve(null));
  return over.aborted ? Promise.resolve(null) : promise;
}

async function read(plan: MovePlan, ports: MigrationPorts): Promise<MigrationProgress | null> {
  const { hypervisor } = await ports.hosts.host(plan.sourceId);
  const targets = copies(plan).map((disk) => disk.target);
  const [job, disks] = await Promise.allSettled([hypervisor.job(plan.guest.uuid), hypervisor.diskCopies(plan.guest.uuid, targets)]);
  if (job.status === "rejected" || !isMoving(job.value)) return null;
  return jobProgress(AT, job.value, disks.status === "fulfilled" ? disks.value : [], targets.length > 0);
}

const isMoving = (job: JobStatus): boolean => job.kind === "running" && job.operation === "outgoing";
