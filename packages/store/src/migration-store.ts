import {
  type CheckResult,
  fail,
  type HostId,
  hostId,
  isAtRest,
  isFinal,
  type Lease,
  MIB,
  type MigrationOrder,
  type MigrationProgress,
  type MigrationStatus,
  type MigrationStore,
  mayBecome,
  migrationId,
  migrationTypeOf,
  type OrderMode,
  powerState,
  type Resize,
  serverId,
  type TransferSummary,
  type Transport,
} from "@ferry/core";
import { type ActionScope, tellAction, tellDestination, tellHandover } from "./action-events.ts";
import { findCandidates, findHost } from "./check-records.ts";
import { claimRecords, freeClaims } from "./claims.ts";
import { tellColdAction } from "./cold-action-events.ts";
import type { Database, Transaction } from "./database.ts";
import { tellEvacuation } from "./evacuation-events.ts";
import { evacuationRecords } from "./evacuation-records.ts";
import { type FencedMigration, fenced, type TellMigration } from "./fence.ts";
import { groupSituation, requireGroupRule } from "./group-situation.ts";
import { whileFirewallRests } from "./hold-firewall.ts";
import { toJson } from "./json.ts";
import { readOutcome } from "./outcome.ts";
import { percentOf } from "./progress-percent.ts";
import { moveTaskStates, taskStateOf, writeArrival, writeConfirmed, writeReturn } from "./record-moves.ts";

/** The record of one migration for the holder of its lease. Every write is one transaction that the lease's token fences (STEP_FENCED). */
export const migrationStore = (db: Database, lease: Lease): MigrationStore => ({
  order: () => readOrder(db, lease),

  async setStatus(status: MigrationStatus, detail?: { problem: string; code: string }): Promise<void> {
    await fenced(db, lease, (tx, migration, tell) => writeStatus(tx, migration, tell, status, detail));
  },

  async setChecks(results: readonly CheckResult[]): Promise<void> {
    await fenced(db, lease, async (tx, migration, tell) => {
      await tx.migration.update({ where: { id: migration.id }, data: { checks: toJson(results) } });
      tell({ kind: "migration.checks", data: { checks: results } });
    });
  },

  async setChoice({ hostId: id, transport, checks, virsh }): Promise<void> {
    const { name } = await findHost(db, id);
    await fenced(db, lease, async (tx, migration, tell) => {
      await requireGroupRule(tx, migration, { id, name });
      const data = { destinationHostId: id, destinationHost: name, transport, checks: toJson(checks), virsh };
      await tx.migration.update({ where: { id: migration.id }, data });
      await tellDestination(tx, { ...migration, destinationHost: name });
      tell({ kind: "migration.checks", data: { checks } });
      tell({ kind: "migration.destination", hostId: id, data: { host: name } });
      tell({ kind: "migration.transport", data: { transport } });
    });
  },

  async saveProgress(progress: MigrationProgress): Promise<void> {
    await fenced(db, lease, async (tx, migration) => {
      await tx.migration.update({ where: { id: migration.id }, data: { progress: toJson(progress) } });
      await showProgress(tx, migration, progress);
    });
  },

  async saveSummary(summary: TransferSummary): Promise<void> {
    await fenced(db, lease, async (tx, migration, tell) => {
      await tx.migration.update({ where: { id: migration.id }, data: { summary: toJson(summary) } });
      tell({ kind: "migration.summary", data: { ...summary } });
    });
  },

  async recordHandover({ paused }: { paused: boolean }): Promise<void> {
    await fenced(db, lease, (tx, migration, tell) => writeHandover(tx, migration, tell, paused));
  },

  async recordArrival(arrival): Promise<void> {
    await fenced(db, lease, (tx, migration, tell) => writeArrival(tx, migration, tell, arrival));
  },

  async recordConfirmed({ power }): Promise<void> {
    await fenced(db, lease, (tx, migration, tell) => writeConfirmed(tx, migration, tell, power));
  },

  async recordReturn({ power }): Promise<void> {
    await fenced(db, lease, (tx, migration, tell) => writeReturn(tx, migration, tell, power));
  },

  async confirmLease(): Promise<void> {
    const held = await db.migration.count({ where: { id: lease.migrationId, leaseToken: lease.token } });
    if (held === 0) throw fail("STEP_FENCED", { migration: lease.migrationId });
  },

  async recordStay(): Promise<void> {
    await fenced(db, lease, (tx, migration, tell) => clearTaskState(tx, migration, tell));
  },

  async setPendingWork(pending: boolean, detail?: { problem: string; code: string }): Promise<void> {
    await fenced(db, lease, async (tx, migration, tell) => {
      await tx.migration.update({
        where: { id: migration.id },
        data: { pendingWork: pending, ...pendingReason(migration, pending, detail) },
      });
      if (migration.pendingWork === pending) return;
      tell({ kind: "migration.pending-work", data: { pending, problem: detail?.problem ?? null } });
    });
  },

  ...evacuationRecords(db, lease),
  ...claimRecords(db, lease),
  host: (id: HostId) => findHost(db, id),
  whileFirewallRests: async (work) => whileFirewallRests(db, (await readOrder(db, lease)).serverId, `migration ${lease.migrationId}`, work),
  candidates: async () => findCandidates(db, (await readOrder(db, lease)).sourceHostId),
});

async function readOrder(db: Database, lease: Lease): Promise<MigrationOrder> {
  const row = await db.migration.findUniqueOrThrow({ where: { id: lease.migrationId } });
  if (row.sourceHostId === null) throw fail("HOST_NOT_FOUND", { id: row.sourceHost });
  const { number, serverName, diskOverCommit, force, bandwidthMiBps } = row;
  return {
    id: migrationId(row.id),
    number,
    serverId: serverId(row.serverId),
    serverName,
    mode: row.mode as OrderMode,
    sourceHostId: hostId(row.sourceHostId),
    requestedHostId: row.requestedHostId === null ? null : hostId(row.requestedHostId),
    blockMigration: row.blockMigration === "auto" ? "auto" : row.blockMigration === "true",
    diskOverCommit,
    force,
    transport: row.transportAsked as Transport | "auto",
    bandwidthMiBps,
    outcome: readOutcome(row),
    resize: row.resize as Resize | null,
    group: await groupSituation(db, row.serverId),
    status: row.status as MigrationStatus,
    abortRequested: row.abortRequestedAt !== null,
  };
}

const tellers = { "live-migration": tellAction, migration: tellColdAction, resize: tellColdAction, evacuation: tellEvacuation };

async function writeStatus(
  tx: Transaction,
  migration: FencedMigration,
  tell: TellMigration,
  status: MigrationStatus,
  detail?: { problem: string; code: string },
): Promise<void> {
  if (migration.status === status) return;
  if (!mayBecome(migration.status, status)) {
    throw new Error(`Cannot set migration ${migration.id} to ${status}: its status is ${migration.status}.`);
  }
  const ended = isFinal(status);
  const problem = detail === undefined ? {} : { problem: detail.problem, problemCode: detail.code };
  await tx.migration.update({ where: { id: migration.id }, data: { status, ...problem, ...(ended ? { endedAt: new Date() } : {}) } });
  await tellers[migrationTypeOf(migration.mode)](tx, scopeOf(migration), status, detail?.problem ?? null);
  await showTask(tx, migration, status);
  tell({
    kind: "migration.status",
    data: { status, from: migration.status, problem: detail?.problem ?? null, code: detail?.code ?? null },
  });
  if (ended) await letServerGo(tx, migration, tell);
  else if (isAtRest(status)) await clearTaskState(tx, migration, tell);
}

/** A cold migration has a task state for each of its stretches. */
async function showTask(tx: Transaction, { mode, serverId: id }: FencedMigration, status: MigrationStatus): Promise<void> {
  const taskState = taskStateOf(mode, status);
  if (taskState !== null) await tx.server.updateMany({ where: { id, taskState: { in: [...moveTaskStates] } }, data: { taskState } });
}

/** A migration that has ended holds nothing: no slot, no claim, no task state. */
async function letServerGo(tx: Transaction, migration: FencedMigration, tell: TellMigration): Promise<void> {
  await tx.migrationSlot.deleteMany({ where: { migrationId: migration.id } });
  await freeClaims(tx, migration, tell);
  await clearTaskState(tx, migration, tell);
}

/** Only while this migration still has the slot, or has just let go of it: a later one may have set the state anew. */
async function clearTaskState(tx: Transaction, migration: FencedMigration, tell: TellMigration): Promise<void> {
  const taken = await tx.migrationSlot.count({ where: { serverId: migration.serverId, migrationId: { not: migration.id } } });
  if (taken > 0) return;
  const where = { id: migration.serverId, taskState: { in: [...moveTaskStates] } };
  const { count } = await tx.server.updateMany({ where, data: { taskState: null, progress: 0 } });
  if (count > 0) tell({ kind: "server.changed", data: { task_state: null } });
}

async function writeHandover(tx: Transaction, migration: FencedMigration, tell: TellMigration, paused: boolean): Promise<void> {
  if (migration.handedOverAt !== null) return;
  if (migration.destinationHostId === null)
    throw new Error(`Cannot record the handover of migration ${migration.id}: it has no destination.`);
  const states = paused ? { vmState: "paused", powerState: powerState.paused } : { vmState: "active", powerState: powerState.running };
  const server = { hostId: migration.destinationHostId, ...states, taskState: null, progress: 0 };
  await tx.server.update({ where: { id: migration.serverId }, data: server });
  await tx.migration.update({ where: { id: migration.id }, data: { handedOverAt: new Date() } });
  await tellHandover(tx, scopeOf(migration));
  const data = { from: migration.sourceHost, to: migration.destinationHost, vm_state: states.vmState };
  tell({ kind: "server.moved", hostId: migration.destinationHostId, data });
}

const scopeOf = ({ serverId, requestId, sourceHost, destinationHost }: FencedMigration): ActionScope => ({
  serverId,
  requestId,
  sourceHost,
  destinationHost,
});

/** On the server it never goes back, although a guest writes again what was sent, and totals grow as the hypervisor counts them. */
async function showProgress(tx: Transaction, { serverId: id, mode }: FencedMigration, progress: MigrationProgress): Promise<void> {
  const { memoryMiB, progress: shown } = await tx.server.findUniqueOrThrow({ where: { id }, select: { memoryMiB: true, progress: true } });
  const now = percentOf(progress, mode === "live" ? memoryMiB * MIB : 0);
  if (now > shown) await tx.server.update({ where: { id }, data: { progress: now } });
}

/** While work is pending its reason is shown; once none is, only the reason of how the migration ended stays. */
function pendingReason(
  { status }: FencedMigration,
  pending: boolean,
  detail?: { problem: string; code: string },
): { problem?: string | null; problemCode?: string | null } {
  if (isFinal(status)) return {};
  return pending && detail ? { problem: detail.problem, problemCode: detail.code } : { problem: null, problemCode: null };
}
