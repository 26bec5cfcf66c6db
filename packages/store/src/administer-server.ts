import { fail, type ServerId } from "@ferry/core";
import { pointEvent } from "./action-writes.ts";
import { migrationUnderWay } from "./check-records.ts";
import type { Database, Transaction } from "./database.ts";
import { withEvents } from "./events.ts";
import { withdrawTask } from "./withdraw-task.ts";

/** What is done to the record of a server alone; no host is asked. */
interface Request {
  readonly serverId: ServerId;
  /** The API's request id: the key of the instance action. */
  readonly requestId: string;
  readonly projectId: string;
  readonly userId: string;
}

export interface LockRequest extends Request {
  readonly lockedBy: "owner" | "admin";
  readonly reason: string | null;
}

export interface ResetStateRequest extends Request {
  readonly vmState: "active" | "error";
}

/** Each throws SERVER_NOT_FOUND, and writes Nova's instance action with its one event. */
export const serverAdministration = (db: Database) => ({
  /** A server that its owner has locked stays locked as it is when the owner locks it again. */
  async lock({ lockedBy, reason, ...request }: LockRequest): Promise<void> {
    await change(db, request, "lock", async (tx, server) => {
      if (server.locked && lockedBy === "owner") return null;
      const data = { locked: true, lockedBy, lockedReason: reason };
      await tx.server.update({ where: { id: request.serverId }, data });
      return { locked: true };
    });
  },

  async unlock(request: Request): Promise<void> {
    await change(db, request, "unlock", async (tx) => {
      await tx.server.update({ where: { id: request.serverId }, data: { locked: false, lockedBy: null, lockedReason: null } });
      return { locked: false };
    });
  },

  /**
   * Sets the vm state and takes an action that is stuck away. The host's next word about the guest corrects `active`; `error` stays. Throws
   * SERVER_MIGRATION_PENDING: a migration owns the server until it has ended.
   */
  async resetState({ vmState, ...request }: ResetStateRequest): Promise<void> {
    const { serverId: id } = request;
    await change(db, request, "resetState", async (tx, { hostId }) => {
      if (hostId === null && vmState !== "error") throw fail("SERVER_NOT_PLACED", { id });
      const migration = await migrationUnderWay(tx, id);
      if (migration !== null) throw fail("SERVER_MIGRATION_PENDING", { action: "os-resetState", id, migration });
      await withdrawTask(tx, id, "resetState");
      const fault = vmState === "active" ? { faultMessage: null, faultAt: null } : {};
      await tx.server.update({ where: { id }, data: { vmState, taskState: null, ...fault } });
      return { vm_state: vmState, task_state: null };
    });
  },
});

const apiEvents = { lock: "api_lock", unlock: "api_unlock", resetState: "api_reset_state" } as const;

/** `work` returns what changed, null when nothing did: then nothing is told. */
async function change(
  db: Database,
  { serverId, requestId, projectId, userId }: Request,
  action: keyof typeof apiEvents,
  work: (tx: Transaction, server: { readonly locked: boolean; readonly hostId: string | null }) => Promise<Record<string, unknown> | null>,
): Promise<void> {
  await withEvents(db, async (tx, tell) => {
    await tx.$queryRaw`SELECT 1 FROM servers WHERE id = ${serverId}::uuid FOR NO KEY UPDATE`;
    const server = await tx.server.findUnique({
      where: { id: serverId },
      select: { vmState: true, locked: true, hostId: true, projectId: true },
    });
    if (server === null || server.vmState === "deleted") throw fail("SERVER_NOT_FOUND", { id: serverId });
    const changed = await work(tx, server);
    if (changed === null) return;
    await tx.instanceAction.create({ data: { serverId, requestId, userId, projectId, action } });
    await pointEvent(tx, { serverId, requestId }, apiEvents[action], null);
    tell({ kind: "server.changed", serverId, hostId: server.hostId, projectId: server.projectId, data: changed });
  });
}
