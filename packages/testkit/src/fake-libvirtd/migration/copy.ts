import { blockJobStatuses, blockJobTypes, suspendedDetails } from "@ferry/libvirt";
import type { FakeDomain } from "../domain.ts";
import type { Emulator } from "../emulator.ts";
import { DaemonDied, Refusal } from "../refusal.ts";
import type { OutgoingJob } from "./job.ts";

/** Which disks are copied and whether with the layers below them. */
export interface CopyPlan {
  readonly mode: "full" | "incremental" | "none";
  readonly targets: readonly string[];
}

const SLICES = 3;
const ITERATIONS = 2;

/**
 * QEMU's part of a migration: disks first, kept in sync from then on, then memory while the guest runs, then a pause and the rest.
 * The guest writes at every turn, so that a copy which misses the last writes is seen.
 */
export async function copyGuest(domain: FakeDomain, job: OutgoingJob, destination: FakeDomain, plan: CopyPlan): Promise<void> {
  const source = domain.running();
  const target = destination.running();
  const turn = turnTaker(domain, job, source, target);
  const targets = plan.mode === "none" ? [] : disksToCopy(source, plan.targets);
  for (const disk of targets) requireEqualSize(source, target, disk);
  try {
    await copyDisks({ domain, job, source, target, turn }, targets, plan.mode === "full");
    await copyMemory({ domain, job, source, target, turn });
    switchOver(domain, job, source, target, targets);
  } finally {
    source.mirrors = null;
  }
}

interface Copying {
  readonly domain: FakeDomain;
  readonly job: OutgoingJob;
  readonly source: Emulator;
  readonly target: Emulator;
  readonly turn: () => Promise<void>;
}

/** One moment of a copy: time passes, the guest works, and whatever breaks a copy is noticed. */
function turnTaker(domain: FakeDomain, job: OutgoingJob, source: Emulator, target: Emulator): () => Promise<void> {
  const { datacentre, daemon } = domain.host;
  const { life } = daemon;
  const blocked = (): boolean => !datacentre.linked(source.host, target.host) && !job.yanked && source.alive && !life.aborted;
  return async () => {
    await datacentre.turn();
    source.work();
    if (blocked()) await datacentre.pace.until(() => !blocked());
    job.numbers.elapsedMs++;
    if (life.aborted) throw new DaemonDied();
    if (!source.alive) throw new Refusal("operationFailed", "operation failed: domain is not running");
    if (job.yanked) throw new Refusal("operationFailed", "operation failed: job 'migration out' failed: Channel error: Input/output error");
    if (!target.alive) throw new Refusal("operationFailed", "operation failed: migration of disk vda failed: Input/output error");
    if (job.abortRequested) throw new Refusal("operationAborted", "operation aborted: migration out: canceled by client");
  };
}

function disksToCopy(source: Emulator, asked: readonly string[]): string[] {
  return [...source.disks.values()]
    .filter(({ defined }) => !defined.readOnly && (asked.length === 0 || asked.includes(defined.target)))
    .map(({ defined }) => defined.target);
}

function requireEqualSize(source: Emulator, target: Emulator, disk: string): void {
  const [from, to] = [source, target].map((side) => side.disks.get(disk)?.file.image?.capacityBytes);
  if (to === undefined) throw new Refusal("operationFailed", `migration of disk ${disk} failed: no such disk`);
  if (from !== to) throw new Refusal("operationFailed", `migration of disk ${disk} failed: Source and target image have different sizes`);
}

async function copyDisks({ domain, job, source, target, turn }: Copying, targets: readonly string[], whole: boolean): Promise<void> {
  job.numbers.diskTotal = targets.length * SLICES * 1024 ** 2;
  for (const disk of targets) {
    for (let slice = 0; slice < SLICES; slice++) {
      await turn();
      job.numbers.diskProcessed += 1024 ** 2;
    }
    const top = source.disks.get(disk)?.file.image?.blocks ?? {};
    target.write(disk, whole ? source.contentOf(disk) : top);
    const before = source.mirrors;
    source.mirrors = (name, block, content) => {
      before?.(name, block, content);
      if (name === disk) target.write(disk, { [block]: content });
    };
    emitBlockJob(domain, disk, "ready");
  }
}

async function copyMemory({ domain, job, source, turn }: Copying): Promise<void> {
  job.numbers.memoryTotal = source.definition.memoryKiB * 1024;
  for (let iteration = 1; iteration <= ITERATIONS; iteration++) {
    job.numbers.iteration = iteration;
    domain.host.daemon.emit("migrationIteration", { dom: domain.handle, iteration });
    await turn();
    job.numbers.memoryProcessed += Math.round(job.numbers.memoryTotal / ITERATIONS);
  }
  await turn();
}

function switchOver(domain: FakeDomain, job: OutgoingJob, source: Emulator, target: Emulator, targets: readonly string[]): void {
  if (!job.wasPaused && source.executing) domain.pause("migration", suspendedDetails.migrated);
  for (const disk of targets) emitBlockJob(domain, disk, "completed");
  target.loaded = true;
  job.numbers.downtimeMs = 1;
}

function emitBlockJob(domain: FakeDomain, dst: string, status: keyof typeof blockJobStatuses): void {
  domain.host.daemon.emit("blockJob2", { dom: domain.handle, dst, type: blockJobTypes.copy, status: blockJobStatuses[status] });
}
