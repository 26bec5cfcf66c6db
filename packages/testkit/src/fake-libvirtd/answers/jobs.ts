import { blockJobTypes, jobOperations, jobStatsFlags, jobTypes } from "@ferry/libvirt";
import type { FakeDomain } from "../domain.ts";
import type { FakeHost } from "../host.ts";
import { statisticsOf } from "../migration/numbers.ts";
import { Refusal, Surprise } from "../refusal.ts";
import { type Answers, onlyFlags } from "./answer.ts";
import { diskOf, domainOf } from "./domains.ts";

/** Jobs on guests: their numbers, their end. */
export const jobAnswers = (host: FakeHost): Answers => ({
  domainGetJobInfo: ({ dom }) => jobInfo(domainOf(host, dom)),
  domainGetJobStats: ({ dom, flags }) => {
    onlyFlags("domainGetJobStats", flags, ...Object.values(jobStatsFlags));
    return flags & jobStatsFlags.completed ? completedStats(domainOf(host, dom), flags) : jobStats(domainOf(host, dom));
  },
  domainAbortJob: ({ dom }) => abortJob(domainOf(host, dom)),
  domainAbortJobFlags: ({ dom, flags }) => {
    onlyFlags("domainAbortJobFlags", flags);
    return abortJob(domainOf(host, dom));
  },
  domainGetBlockJobInfo: ({ dom, path }) => {
    const domain = domainOf(host, dom);
    const job = domain.outgoing;
    const { image } = diskOf(domain, path).file;
    if (job?.phase !== "performing" || !image) return { found: 0, type: 0, bandwidth: 0n, cur: 0n, end: 0n };
    return {
      found: 1,
      type: blockJobTypes.copy,
      bandwidth: 0n,
      cur: BigInt(job.numbers.diskProcessed),
      end: BigInt(job.numbers.diskTotal),
    };
  },
  domainMigrateSetMaxDowntime: ({ dom }) => mustHaveJob(domainOf(host, dom)),
  domainMigrateSetMaxSpeed: ({ dom }) => {
    domainOf(host, dom);
    return {};
  },
  qemuDomainMonitorCommand: ({ dom, cmd }) => ({ result: monitor(domainOf(host, dom), cmd) }),
});

function jobInfo(domain: FakeDomain) {
  requireJobReadable(domain);
  const numbers = domain.outgoing?.numbers;
  const big = (value: number | undefined): bigint => BigInt(value ?? 0);
  return {
    type: jobType(domain),
    timeElapsed: big(numbers?.elapsedMs),
    timeRemaining: 0n,
    dataTotal: big(numbers && numbers.memoryTotal + numbers.diskTotal),
    dataProcessed: big(numbers && numbers.memoryProcessed + numbers.diskProcessed),
    dataRemaining: 0n,
    memTotal: big(numbers?.memoryTotal),
    memProcessed: big(numbers?.memoryProcessed),
    memRemaining: 0n,
    fileTotal: big(numbers?.diskTotal),
    fileProcessed: big(numbers?.diskProcessed),
    fileRemaining: 0n,
  };
}

function jobStats(domain: FakeDomain) {
  requireJobReadable(domain);
  const job = domain.outgoing;
  return { type: jobType(domain), params: job ? statisticsOf(job.numbers, jobOperations.migrationOut) : [] };
}

/** 55 for a guest that is off, 84 on the destination of a migration: numbers are on the source only. */
function requireJobReadable(domain: FakeDomain): void {
  domain.running();
  if (domain.incoming)
    throw new Refusal("operationUnsupported", "Operation not supported: migration statistics are available only on the source host");
}

function jobType(domain: FakeDomain): number {
  const job = domain.outgoing;
  if (!job) return jobTypes.none;
  if (job.phase === "failed") return jobTypes.failed;
  return job.phase === "cancelled" ? jobTypes.cancelled : jobTypes.unbounded;
}

function completedStats(domain: FakeDomain, flags: number) {
  const { completed } = domain;
  if (!(flags & jobStatsFlags.keepCompleted)) domain.completed = null;
  if (!completed) return { type: jobTypes.none, params: [] };
  return {
    type: jobTypes.completed,
    params: statisticsOf(completed, domain.emulator ? jobOperations.migrationIn : jobOperations.migrationOut),
  };
}

function abortJob(domain: FakeDomain): Record<string, never> {
  domain.running();
  if (domain.incoming)
    throw new Refusal(
      "operationInvalid",
      "Requested operation is not valid: cannot abort incoming migration; use virDomainDestroy instead",
    );
  const job = mustHaveOutgoing(domain);
  if (job.phase === "performed")
    throw new Refusal("operationInvalid", "Requested operation is not valid: cannot abort migration that is switching over");
  job.abortRequested = true;
  return {};
}

function mustHaveJob(domain: FakeDomain): Record<string, never> {
  mustHaveOutgoing(domain);
  return {};
}

function mustHaveOutgoing(domain: FakeDomain) {
  if (!domain.outgoing) throw new Refusal("operationInvalid", "Requested operation is not valid: no job is active on the domain");
  return domain.outgoing;
}

const yankable = [{ type: "migration" }, { type: "block-node", "node-name": "migration-vda-storage" }];

/** The two monitor commands that break streams to a host that does not answer. */
function monitor(domain: FakeDomain, cmd: string): string {
  domain.running();
  const { execute } = JSON.parse(cmd) as { execute?: string };
  if (execute === "query-yank")
    return JSON.stringify({ return: domain.outgoing ? [...yankable, { type: "chardev", id: "charserial0" }] : [] });
  if (execute !== "yank") throw new Surprise(`monitor command ${cmd}`);
  if (domain.outgoing) domain.outgoing.yanked = true;
  return JSON.stringify({ return: {} });
}
