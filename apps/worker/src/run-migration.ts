import { type ArtifactLedger, hasCode, type Lease, type MigrationId, type MigrationStore } from "@ferry/core";
import { type RunResult, runPlan } from "@ferry/engine";
import type { MigrationPorts } from "@ferry/migration";
import { recordConclusion } from "./conclude.ts";
import type { Worker } from "./dependencies.ts";
import { keepLease } from "./keep-lease.ts";
import { followPhases } from "./phase-log.ts";
import { programmeOf } from "./programme.ts";

/** A worker that stops renewing has this long until another may take its migrations over. */
export const LEASE_MS = 6000;

/**
 * One job: takes the migration's lease, runs its plan from where the record says it stands, and records how it ended. Does nothing when it runs
 * in this worker already, another worker has the lease, or nothing is left to do, so a job may be delivered any number of times.
 */
export async function runMigration(id: MigrationId, worker: Worker): Promise<void> {
  const signal = worker.aborts.open(id);
  if (!signal) return;
  try {
    const lease = await worker.store.leases.take(id, worker.owner, LEASE_MS);
    if (lease) await keepAndRun(lease, signal, worker);
  } finally {
    worker.aborts.close(id);
  }
}

async function keepAndRun(lease: Lease, signal: AbortSignal, worker: Worker): Promise<void> {
  const renewal = keepLease(lease, worker, LEASE_MS);
  try {
    await runUnderLease(lease, signal, worker);
  } catch (error) {
    if (!hasCode(error, "STEP_FENCED")) throw error;
    worker.log.warn({ migration: lease.migrationId }, "another worker has taken this migration over");
  } finally {
    renewal.stop();
    await worker.store.leases.release(lease);
  }
}

async function runUnderLease(lease: Lease, signal: AbortSignal, worker: Worker): Promise<void> {
  const log = worker.log.child({ migration: lease.migrationId });
  const { record, steps, artifacts } = worker.store.openMigration(lease);
  const ports = portsFor(lease.migrationId, record, artifacts, worker);
  const order = await ports.store.order();
  if (order.abortRequested) worker.aborts.abort(lease.migrationId);
  log.info({ server: order.serverId, status: order.status }, "migration runs");
  const stepLog = followPhases(steps, ports.store, order);
  const { plan, end } = programmeOf(order);
  const result = await runPlan(plan, ports, stepLog, {
    signal,
    faults: worker.faults,
    sleep: (ms) => worker.clock.sleep(ms),
    onProblem: (step, error) => log.warn({ step, err: error }, "a step failed"),
  });
  const conclusion = await recordConclusion(result, { firstStep: plan.steps[0]?.name ?? "", end }, ports.store);
  log.info({ result: result.kind, ...conclusion, ...problemOf(result) }, "migration run ended");
}

function portsFor(migrationId: MigrationId, store: MigrationStore, ledger: ArtifactLedger, worker: Worker): MigrationPorts {
  const { hosts, events, clock, settings } = worker;
  return { migrationId, store, ledger, hosts, events, clock, settings };
}

const problemOf = (result: RunResult): { problem?: string } => (result.kind === "completed" ? {} : { problem: result.problem.message });
