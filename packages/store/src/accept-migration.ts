import { randomUUID } from "node:crypto";
import {
  allowedVmStates,
  type FlavorSnapshot,
  fail,
  type HostId,
  judgeAction,
  type MigrationId,
  type MoveOutcome,
  migrationId,
  migrationTypeOf,
  moveActionName,
  moveActions,
  type OrderMode,
  powerState,
  type Resize,
  type ServerId,
  type TaskState,
  type Transport,
  usualOutcome,
  type VmState,
} from "@ferry/core";
import { openLiveMigrationAction } from "./action-events.ts";
import { migrationUnderWay } from "./check-records.ts";
import { openColdMigrationAction } from "./cold-action-events.ts";
import type { Database, Transaction } from "./database.ts";
import { openEvacuateAction } from "./evacuation-events.ts";
import { withEvents } from "./events.ts";
import { requireFence } from "./fencing.ts";
import { toJson } from "./json.ts";
import { resizeTo } from "./resize-server.ts";

/** A request to move a server, with all decisions made that need no host. */
export interface MigrationRequest {
  readonly serverId: ServerId;
  readonly mode: OrderMode;
  readonly requestedHostId: HostId | null;
  readonly blockMigration: boolean | "auto";
  readonly diskOverCommit: boolean | null;
  readonly force: boolean;
  readonly transport: Transport | "auto";
  /** Of an evacuation: the guest stays off at the destination, also if it ran. */
  readonly leaveOff?: boolean;
  /** Of a cold move: the server gets the size of this flavor. */
  readonly flavor?: FlavorSnapshot;
  /** Nova's OS-DCF:diskConfig, when the request says it. */
  readonly diskConfig?: "AUTO" | "MANUAL";
  /** 0: no limit. */
  readonly bandwidthMiBps: number;
  /** The usual one when not given. */
  readonly outcome?: MoveOutcome;
  /** The API's request id, `req-…`: the key of the instance action. */
  readonly requestId: string;
  readonly projectId: string;
  readonly userId: string;
}

export interface AcceptedMigration {
  readonly id: MigrationId;
  readonly number: number;
}

/** The topic of the job that runs a migration; its key is the migration's id. */
export const runMigrationTopic = "run-migration";

/**
 * Accepts the request in one transaction: server state by compare-and-set, the server's one migration slot, the migration, Nova's instance action, the job
 * for a worker, the event. Of any number of requests at once exactly one gets through. Throws SERVER_NOT_FOUND, SERVER_WRONG_STATE,
 * SERVER_MIGRATION_PENDING, COMPUTE_HOST_NOT_FOUND.
 */
export async function acceptMigration(db: Database, request: MigrationRequest): Promise<AcceptedMigration> {
  return await withEvents(db, async (tx, tell) => {
    const server = await readServer(tx, request.serverId);
    const names = await lockHostNames(tx, server.hostId, request.requestedHostId);
    if (request.mode === "evacuate") await requireFence(tx, server.hostId);
    await takeServer(tx, request, server.hostId);
    const resize = request.flavor === undefined ? null : await resizeTo(tx, request.serverId, request.flavor);
    const { id, number } = await insertMigration(tx, { ...request, resize }, server, names);
    await takeSlot(tx, request, id);
    const { serverId, requestId, userId, projectId } = request;
    await openAction[migrationTypeOf(request.mode, resize !== null)](tx, { serverId, requestId, userId, projectId });
    await tx.outbox.create({ data: { topic: runMigrationTopic, key: id } });
    const data = { number, status: "accepted", source: names.source, requested: names.requested };
    tell({ kind: "migration.accepted", migrationId: id, serverId, hostId: server.hostId, projectId: server.projectId, data });
    return { id: migrationId(id), number };
  });
}

type NewAction = { readonly serverId: string; readonly requestId: string; readonly userId: string; readonly projectId: string };

const openAction = {
  "live-migration": openLiveMigrationAction,
  migration: openColdMigrationAction,
  resize: (tx: Transaction, action: NewAction) => openColdMigrationAction(tx, action, "resize"),
  evacuation: openEvacuateAction,
};

interface ServerRow {
  readonly name: string;
  readonly hostId: string;
  readonly projectId: string;
  readonly vmState: string;
  readonly powerState: number;
}

async function readServer(tx: Transaction, id: ServerId): Promise<ServerRow> {
  const row = await tx.server.findUnique({
    where: { id },
    select: { name: true, hostId: true, projectId: true, vmState: true, powerState: true },
  });
  if (row === null || row.vmState === "deleted") throw fail("SERVER_NOT_FOUND", { id });
  if (row.hostId === null) throw fail("SERVER_NOT_PLACED", { id });
  return { ...row, hostId: row.hostId };
}

/** Hosts are locked against removal before the server is: removing a host locks in the same order. */
async function lockHostNames(
  tx: Transaction,
  source: string,
  requested: HostId | null,
): Promise<{ source: string; requested: string | null }> {
  const wanted = requested === null ? [source] : [source, requested];
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM hosts WHERE id = ANY (${wanted}::uuid[]) ORDER BY id FOR KEY SHARE`;
  const nameOf = (id: string): string | undefined => rows.find((row) => row.id === id)?.name;
  if (requested !== null && nameOf(requested) === undefined) throw fail("COMPUTE_HOST_NOT_FOUND", { host: requested });
  return { source: nameOf(source) ?? source, requested: requested === null ? null : (nameOf(requested) ?? null) };
}

/** How requests and errors call it. */
const actionName = ({ mode, flavor }: MigrationRequest): string => (flavor === undefined ? moveActionName(mode) : "resize");

const taskStates: Record<OrderMode, TaskState> = {
  live: "migrating",
  cold: "resize_prep",
  saved: "migrating",
  offline: "migrating",
  evacuate: "rebuilding",
};

async function takeServer(tx: Transaction, request: MigrationRequest, hostId: string): Promise<void> {
  const { serverId: id, mode, diskConfig } = request;
  const allowed: readonly VmState[] = allowedVmStates[moveActions[mode]];
  const { count } = await tx.server.updateMany({
    where: { id, hostId, taskState: null, vmState: { in: [...allowed] } },
    data: { taskState: taskStates[mode], progress: 0, ...(diskConfig === undefined ? {} : { diskConfig }) },
  });
  if (count === 0) throw await refusal(tx, request);
}

/** Why the compare-and-set did not match. When the state would allow it by now, it changed a moment ago: the same answer, to be repeated. */
async function refusal(tx: Transaction, request: MigrationRequest): Promise<Error> {
  const { serverId: id, mode } = request;
  const row = await tx.server.findUnique({ where: { id }, select: { vmState: true, taskState: true } });
  if (row === null || row.vmState === "deleted") return fail("SERVER_NOT_FOUND", { id });
  const verdict = judgeAction(moveActions[mode], row.vmState as VmState, row.taskState as TaskState | null);
  const { attribute, value } = verdict.allowed ? { attribute: "task_state", value: "migrating" } : verdict;
  const holder = attribute === "task_state" ? await migrationUnderWay(tx, id) : null;
  if (holder !== null) return fail("SERVER_MIGRATION_PENDING", { action: actionName(request), id, migration: holder });
  return fail("SERVER_WRONG_STATE", { action: actionName(request), id, attribute, value });
}

async function insertMigration(
  tx: Transaction,
  request: MigrationRequest & { readonly resize: Resize | null },
  server: ServerRow,
  names: { source: string; requested: string | null },
): Promise<{ id: string; number: number }> {
  const {
    serverId,
    requestedHostId,
    diskOverCommit,
    force,
    bandwidthMiBps,
    requestId,
    projectId,
    userId,
    outcome = usualOutcome,
  } = request;
  return await tx.migration.create({
    data: {
      id: randomUUID(),
      serverId,
      serverName: server.name,
      mode: request.mode,
      migrationType: migrationTypeOf(request.mode, request.resize !== null),
      ...(request.resize === null ? {} : { resize: toJson(request.resize) }),
      sourceHostId: server.hostId,
      sourceHost: names.source,
      requestedHostId,
      requestedHost: names.requested,
      blockMigration: String(request.blockMigration),
      diskOverCommit,
      force,
      startsGuest: request.mode === "evacuate" && request.leaveOff !== true && ran(server),
      transportAsked: request.transport,
      bandwidthMiBps,
      ...outcome,
      requestId,
      projectId,
      userId,
    },
    select: { id: true, number: true },
  });
}

/** As far as the record knows; of one in `error` only the power state tells. */
const ran = ({ vmState, powerState: power }: ServerRow): boolean =>
  vmState === "active" || (vmState === "error" && power === powerState.running);

/** An earlier migration keeps the slot after its handover until its cleanup is done. */
async function takeSlot(tx: Transaction, request: MigrationRequest, id: string): Promise<void> {
  const { serverId } = request;
  const { count } = await tx.migrationSlot.createMany({ data: { serverId, migrationId: id }, skipDuplicates: true });
  if (count === 1) return;
  const holder = await migrationUnderWay(tx, serverId);
  throw fail("SERVER_MIGRATION_PENDING", { action: actionName(request), id: serverId, migration: holder ?? 0 });
}
