import type { CheckResult, MigrationProgress, TransferSummary } from "@ferry/core";
import type { MigrationFullRow } from "@ferry/store";
import { orNull } from "../times.ts";

type View = Record<string, unknown>;

const time = (date: Date): string => date.toISOString();

/** The full record of a migration. Without `details` (a project manager) hosts, checks and steps stay hidden, and sentences that may name hosts. */
export function ferryMigrationView(row: MigrationFullRow, { details }: { details: boolean }): View {
  return {
    ...orderView(row),
    source_host: details ? row.sourceHost : null,
    requested_host: details ? row.requestedHost : null,
    destination_host: details ? row.destinationHost : null,
    virsh: details ? row.virsh : null,
    problem: problemView(row, details),
    checks: details ? ((row.checks ?? []) as unknown as CheckResult[]) : [],
    progress: orNull(row.progress as MigrationProgress | null, progressView),
    summary: orNull(row.summary as TransferSummary | null, summaryView),
    steps: details ? row.steps.map(stepView) : [],
    pending_work: row.pendingWork,
    abort_requested_at: orNull(row.abortRequestedAt, time),
    handed_over_at: orNull(row.handedOverAt, time),
    created_at: time(row.createdAt),
    updated_at: time(row.updatedAt),
    ended_at: orNull(row.endedAt, time),
  };
}

function orderView(row: MigrationFullRow): View {
  return {
    id: row.id,
    number: row.number,
    server_id: row.serverId,
    server_name: row.serverName,
    migration_type: row.migrationType,
    mode: row.mode,
    status: row.status,
    block_migration: row.blockMigration === "auto" ? "auto" : row.blockMigration === "true",
    disk_over_commit: row.diskOverCommit,
    force: row.force,
    transport_asked: row.transportAsked,
    transport: row.transport,
    bandwidth_mibps: row.bandwidthMiBps,
    outcome: { leave: row.leave, keep_source: row.keepSource, tunnelled: row.tunnelled, unsafe_cache: row.unsafeCache },
    request_id: row.requestId,
    project_id: row.projectId,
    user_id: row.userId,
  };
}

function problemView({ problem, problemCode }: MigrationFullRow, details: boolean): View | null {
  if (problem === null) return null;
  return { code: problemCode, sentence: details ? problem : "The migration did not succeed; an administrator can see why." };
}

const stepView = (step: MigrationFullRow["steps"][number]): View => ({
  name: step.name,
  phase: step.phase,
  state: step.state,
  problem: step.undoProblem ?? step.problem,
  attempts: step.attempts,
  started_at: time(step.startedAt),
  ended_at: orNull(step.endedAt, time),
});

export const summaryView = (summary: TransferSummary): View => ({
  transport: summary.transport,
  total_ms: summary.totalMs,
  downtime_ms: summary.downtimeMs,
  memory_bytes: summary.memoryBytes,
  disk_bytes: summary.diskBytes,
});

/** Progress on the wire: in the record and in live events. */
export const progressView = (progress: MigrationProgress): View => ({
  phase: progress.phase,
  step: progress.step,
  memory_total_bytes: progress.memoryTotalBytes,
  memory_processed_bytes: progress.memoryProcessedBytes,
  memory_remaining_bytes: progress.memoryRemainingBytes,
  disk_total_bytes: progress.diskTotalBytes,
  disk_processed_bytes: progress.diskProcessedBytes,
  disk_remaining_bytes: progress.diskRemainingBytes,
  bytes_per_second: progress.bytesPerSecond,
  remaining_ms: progress.remainingMs,
  iteration: progress.iteration,
  disks: progress.disks.map(({ target, totalBytes, doneBytes, ready }) => ({
    target,
    total_bytes: totalBytes,
    done_bytes: doneBytes,
    ready,
  })),
});
