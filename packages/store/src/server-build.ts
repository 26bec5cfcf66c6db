import {
  type BuildOrder,
  type BuildStore,
  type BuildTask,
  type FerryError,
  fail,
  type GuestSummary,
  hostId,
  serverId,
  type TaskLease,
} from "@ferry/core";
import { finishEvents, markFailed } from "./action-writes.ts";
import { lockHostForClaim, sumOfOthers } from "./claims.ts";
import type { Database, Transaction } from "./database.ts";
import { type NewEvent, withEvents } from "./events.ts";
import { touchMembership } from "./firewall-changes.ts";
import { Prisma } from "./generated/client.ts";
import { launchOf, statesOf } from "./guest-states.ts";
import { toJson } from "./json.ts";
import { serverGuard } from "./server-firewalls.ts";

/** The record of a server's making for the holder of its task's lease; every write throws STEP_FENCED when that has gone. */
export interface ServerBuildRecord extends BuildStore {
  /** A worker is at it. */
  begin(): Promise<void>;
  /** The server is made and is as seen. */
  succeed(seen: GuestSummary): Promise<void>;
  /** The server will not be. With `undoLeft` something of it is still on its host: the task stays, until a worker has removed that. */
  failed(problem: FerryError, options: { undoLeft: boolean }): Promise<void>;
}

export const serverBuild = (db: Database, lease: TaskLease): ServerBuildRecord => ({
  task: (): Promise<BuildTask> => readTask(db, lease),

  async confirm() {
    const held = await db.serverTask.count({ where: { id: lease.taskId, leaseToken: lease.token } });
    if (held === 0) throw fenced(lease);
  },

  async claim({ availableMiB }): Promise<void> {
    await write(db, lease, async (tx, { id, hostId, memoryMiB }) => {
      const host = await lockHostForClaim(tx, hostId);
      const freeMiB = availableMiB - (await sumOfOthers(tx, hostId, id));
      if (freeMiB < memoryMiB) throw fail("CAPACITY_SHORT", { host, needMiB: memoryMiB, freeMiB: Math.max(0, freeMiB) });
    });
  },

  async begin() {
    await write(db, lease, async (tx, { id, taskState }, tell) => {
      if (taskState !== "scheduling") return;
      await tx.server.update({ where: { id }, data: { taskState: "spawning" } });
      tell({ task_state: "spawning" });
    });
  },

  async succeed({ definition, persistent, ...seen }) {
    await write(db, lease, async (tx, { id, requestId }, tell, tellOf) => {
      const states = statesOf(seen);
      const launchedAt = launchOf(states.vmState, new Date());
      const made = { definition: toJson(definition), persistent, launchedAt, build: Prisma.DbNull, faultMessage: null, faultAt: null };
      await tx.server.update({ where: { id }, data: { ...states, ...made, taskState: null } });
      await finishEvents(tx, { serverId: id, requestId }, "Success", null);
      await tx.serverTask.delete({ where: { serverId: id } });
      tell({ vm_state: states.vmState, task_state: null });
      for (const { groupId } of await tx.securityGroupMember.findMany({ where: { serverId: id } }))
        await touchMembership(tx, tellOf, id, groupId);
    });
  },

  async failed(problem, { undoLeft }) {
    await write(db, lease, async (tx, { id, requestId }, tell) => {
      const fault = { faultMessage: problem.message, faultAt: new Date() };
      const over = undoLeft ? {} : { build: Prisma.DbNull };
      await tx.server.update({ where: { id }, data: { vmState: "error", powerState: 0, taskState: null, ...fault, ...over } });
      if (!isRebuild(lease)) await tx.serverFirewall.deleteMany({ where: { serverId: id } });
      await finishEvents(tx, { serverId: id, requestId }, "Error", problem.message);
      await markFailed(tx, { serverId: id, requestId });
      if (!undoLeft) await tx.serverTask.delete({ where: { serverId: id } });
      tell({ vm_state: "error", task_state: null });
    });
  },
});

/** Of a server that was there before, and is guarded on. */
const isRebuild = ({ action }: TaskLease): boolean => action === "rebuild";

const fenced = ({ taskId }: TaskLease): Error => fail("STEP_FENCED", { migration: taskId });

async function readTask(db: Database, lease: TaskLease): Promise<BuildTask> {
  const rows = await db.$queryRaw<(Omit<BuildTask, "serverId" | "hostId" | "guard"> & { id: string; hostId: string; order: BuildOrder })[]>`
    SELECT s.id, s.name, s.instance_name AS "instanceName", s.project_id AS "projectId", s.host_id AS "hostId", h.name AS "hostName", s.flavor, s.nics,
      s.metadata, s.build AS order, s.vm_state AS "vmState"
    FROM server_tasks t JOIN servers s ON s.id = t.server_id JOIN hosts h ON h.id = s.host_id
    WHERE t.id = ${lease.taskId}::uuid AND t.lease_token = ${lease.token}`;
  const row = rows[0];
  if (row === undefined) throw fenced(lease);
  return { ...row, serverId: serverId(row.id), hostId: hostId(row.hostId), guard: await serverGuard(db, row.id) };
}

interface BuildingServer {
  readonly id: string;
  readonly requestId: string;
  readonly hostId: string;
  readonly projectId: string;
  readonly memoryMiB: number;
  readonly taskState: string | null;
}

/** One transaction of the lease's holder. The server is locked first, as by everybody who enters or withdraws a task. */
async function write(
  db: Database,
  lease: TaskLease,
  work: (
    tx: Transaction,
    server: BuildingServer,
    tell: (data: NonNullable<NewEvent["data"]>) => void,
    /** For news of other servers. */
    tellOf: (event: NewEvent) => void,
  ) => Promise<void>,
): Promise<void> {
  await withEvents(db, async (tx, tell) => {
    await tx.$queryRaw`
      SELECT 1 FROM servers WHERE id = (SELECT server_id FROM server_tasks WHERE id = ${lease.taskId}::uuid) FOR NO KEY UPDATE`;
    const rows = await tx.$queryRaw<BuildingServer[]>`
      SELECT s.id, t.request_id AS "requestId", s.host_id AS "hostId", s.project_id AS "projectId", s.memory_mib AS "memoryMiB",
        s.task_state AS "taskState"
      FROM server_tasks t JOIN servers s ON s.id = t.server_id WHERE t.id = ${lease.taskId}::uuid AND t.lease_token = ${lease.token}`;
    const server = rows[0];
    if (server === undefined) throw fenced(lease);
    const { id: serverId, hostId, projectId } = server;
    await work(tx, server, (data) => tell({ kind: "server.changed", serverId, hostId, projectId, data }), tell);
  });
}
