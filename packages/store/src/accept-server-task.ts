import { randomUUID } from "node:crypto";
import { fail, type LifecycleAction, lifecycle, lifecycleOf, type ServerId } from "@ferry/core";
import { beginEvent, pointEvent } from "./action-writes.ts";
import type { Database, Transaction } from "./database.ts";
import { type NewEvent, withEvents } from "./events.ts";
import { abortOfServer } from "./request-abort.ts";
import { type HeldLease, withdrawTask } from "./withdraw-task.ts";

/** A request to do something to a server where it is, with all decisions made that need no host. */
export interface ServerTaskRequest {
  readonly serverId: ServerId;
  readonly action: LifecycleAction;
  /** The API's request id, `req-…`: the key of the instance action. */
  readonly requestId: string;
  readonly projectId: string;
  readonly userId: string;
}

/** The topic of the job that carries an action out; its key is the task's id. */
export const runServerTaskTopic = "run-server-task";

/**
 * Accepts the request in one transaction: server state by compare-and-set, the server's one task, Nova's instance action, the job for a worker, the
 * event. Of any number of requests at once exactly one gets through; a request to delete gets through always, and takes the place of what is under
 * way: another task is withdrawn, a migration is asked to give up. Throws SERVER_NOT_FOUND, SERVER_WRONG_STATE,
 * SERVER_TRANSIENT, SERVER_NOT_PLACED.
 */
export async function acceptServerTask(db: Database, request: ServerTaskRequest): Promise<void> {
  await acceptWith(db, request, async () => undefined);
}

/** The same together with what else the request asks of the record; that is refused before anything is written. */
export async function acceptWith(
  db: Database,
  request: ServerTaskRequest,
  also: (tx: Transaction, server: LockedServer) => Promise<void>,
): Promise<void> {
  await withEvents(db, async (tx, tell) => {
    const server = await lockServer(tx, request.serverId);
    if (request.action === "delete" && server.taskAction === "delete") return;
    if (!isPlaced(server)) return await forgetUnplaced(tx, tell, request, server);
    refuseWrongState(request, server);
    const held = request.action === "delete" ? await makeWay(tx, tell, request) : null;
    await also(tx, server);
    await enter(tx, request, server.host, held);
    const { taskState } = lifecycle[request.action];
    const { id: serverId, hostId, projectId } = server;
    tell({ kind: "server.changed", serverId, hostId, projectId, data: { task_state: taskState } });
  });
}

export interface LockedServer {
  readonly id: string;
  readonly hostId: string;
  readonly host: string;
  readonly projectId: string;
  readonly vmState: string;
  readonly taskState: string | null;
  readonly persistent: boolean;
  readonly taskAction: string | null;
}

/** One for which no host could be found. */
type UnplacedServer = Omit<LockedServer, "hostId" | "host"> & { readonly hostId: null };

const isPlaced = (server: LockedServer | UnplacedServer): server is LockedServer => server.hostId !== null;

/** Nothing of it is anywhere: its deletion is done when it is answered. Throws SERVER_NOT_PLACED for all other actions. */
async function forgetUnplaced(
  tx: Transaction,
  tell: (event: NewEvent) => void,
  request: ServerTaskRequest,
  server: UnplacedServer,
): Promise<void> {
  const { serverId, requestId, userId, projectId, action } = request;
  if (action !== "delete") throw fail("SERVER_NOT_PLACED", { id: serverId });
  await tx.server.update({ where: { id: serverId }, data: { vmState: "deleted", taskState: null, terminatedAt: new Date() } });
  await tx.instanceAction.create({ data: { serverId, requestId, userId, projectId, action: lifecycle.delete.name } });
  await pointEvent(tx, { serverId, requestId }, lifecycle.delete.event, null);
  tell({ kind: "server.gone", serverId, projectId: server.projectId, data: { disks_deleted: [], disks_kept: [] } });
}

/** The lock is what makes the judgement below a compare-and-set: whoever else changes the server's states waits for it. */
async function lockServer(tx: Transaction, id: ServerId): Promise<LockedServer | UnplacedServer> {
  await tx.$queryRaw`SELECT 1 FROM servers WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const rows = await tx.$queryRaw<(LockedServer | UnplacedServer)[]>`
    SELECT s.id, s.host_id AS "hostId", h.name AS host, s.project_id AS "projectId", s.vm_state AS "vmState", s.task_state AS "taskState", s.persistent,
      t.action AS "taskAction"
    FROM servers s LEFT JOIN hosts h ON h.id = s.host_id LEFT JOIN server_tasks t ON t.server_id = s.id WHERE s.id = ${id}::uuid`;
  const row = rows[0];
  if (row === undefined || row.vmState === "deleted") throw fail("SERVER_NOT_FOUND", { id });
  return row;
}

function refuseWrongState({ action, serverId: id }: ServerTaskRequest, server: LockedServer): void {
  const { name, vmStates, needsDefinition } = lifecycleOf(action);
  const wrong = (attribute: string, value: string): Error => fail("SERVER_WRONG_STATE", { action: name, id, attribute, value });
  if (vmStates !== null && !(vmStates as readonly string[]).includes(server.vmState)) throw wrong("vm_state", server.vmState);
  if (action !== "delete" && server.taskState !== null) throw wrong("task_state", server.taskState);
  if (needsDefinition && !server.persistent) throw fail("SERVER_TRANSIENT", { action: name, id });
}

/** A server that is to go needs nothing else done to it. */
async function makeWay(tx: Transaction, tell: (event: NewEvent) => void, request: ServerTaskRequest): Promise<HeldLease | null> {
  const held = await withdrawTask(tx, request.serverId, "delete");
  await abortOfServer(tx, tell, request);
  return held;
}

async function enter(
  tx: Transaction,
  { serverId, action, requestId, userId, projectId }: ServerTaskRequest,
  host: string,
  held: HeldLease | null,
): Promise<void> {
  const id = randomUUID();
  const { name, taskState, event } = lifecycle[action];
  await tx.server.update({ where: { id: serverId }, data: { taskState } });
  await tx.serverTask.create({ data: { id, serverId, action, requestId, ...held } });
  await tx.instanceAction.create({ data: { serverId, requestId, userId, projectId, action: name } });
  await beginEvent(tx, { serverId, requestId }, event, host);
  await tx.outbox.create({ data: { topic: runServerTaskTopic, key: id } });
}
