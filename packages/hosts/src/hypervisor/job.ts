import type { DiskCopyProgress, JobStatus } from "@ferry/core";
import {
  blockJobTypes,
  type DomainHandle,
  errorCodes,
  integerOf,
  isOperationInvalid,
  jobOperations,
  jobStatsFlags,
  jobTypes,
  type LibvirtConnection,
  LibvirtError,
} from "@ferry/libvirt";
import { jobStatistics } from "./statistics.ts";

const outcomes: Readonly<Record<number, "completed" | "failed" | "cancelled">> = {
  [jobTypes.completed]: "completed",
  [jobTypes.failed]: "failed",
  [jobTypes.cancelled]: "cancelled",
};

/**
 * The job on a guest; without one, the last job that completed, if libvirt still remembers it (reading does not clear it). A migration's
 * destination refuses the question while the guest arrives (error 84), which is the answer "incoming".
 */
export async function readJob(connection: LibvirtConnection, dom: DomainHandle): Promise<JobStatus> {
  try {
    const { type, params } = await connection.call("domainGetJobStats", { dom, flags: 0 });
    if (type === jobTypes.none) return await readCompletedJob(connection, dom);
    const outcome = outcomes[type];
    const statistics = jobStatistics(params);
    return outcome ? { kind: "ended", outcome, statistics } : { kind: "running", operation: operationOf(params), statistics };
  } catch (error) {
    if (isOperationInvalid(error)) return { kind: "none" };
    if (isIncomingRefusal(error)) return { kind: "running", operation: "incoming", statistics: {} };
    throw error;
  }
}

async function readCompletedJob(connection: LibvirtConnection, dom: DomainHandle): Promise<JobStatus> {
  const flags = jobStatsFlags.completed | jobStatsFlags.keepCompleted;
  const { type, params } = await connection.call("domainGetJobStats", { dom, flags });
  return type === jobTypes.completed ? { kind: "ended", outcome: "completed", statistics: jobStatistics(params) } : { kind: "none" };
}

const isIncomingRefusal = (error: unknown): boolean => error instanceof LibvirtError && error.code === errorCodes.operationUnsupported;

function operationOf(params: Parameters<typeof integerOf>[0]): "outgoing" | "incoming" | "other" {
  const operation = Number(integerOf(params, "operation") ?? 0n);
  if (operation === jobOperations.migrationOut) return "outgoing";
  return operation === jobOperations.migrationIn ? "incoming" : "other";
}

/** Progress of the copy of one disk; null when none is under way. */
export async function readDiskCopy(connection: LibvirtConnection, dom: DomainHandle, target: string): Promise<DiskCopyProgress | null> {
  const job = await connection.call("domainGetBlockJobInfo", { dom, path: target, flags: 0 });
  if (job.found === 0 || job.type !== blockJobTypes.copy) return null;
  const [doneBytes, totalBytes] = [Number(job.cur), Number(job.end)];
  return { target, totalBytes, doneBytes, ready: totalBytes > 0 && doneBytes === totalBytes };
}

/** Whether a migration job is attached to the guest, and in which direction. */
export function migrationJobOf(job: JobStatus): "outgoing" | "incoming" | "none" {
  return job.kind === "running" && job.operation !== "other" ? job.operation : "none";
}
