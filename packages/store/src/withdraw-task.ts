import { createAction, fail } from "@ferry/core";
import { finishEvents, markFailed } from "./action-writes.ts";
import type { Transaction } from "./database.ts";
import { settleVolume } from "./settle-volume.ts";

/**
 * Takes an unfinished task away from its worker, which is fenced from then on; its action ends with an error that names what took its place. The
 * caller holds the lock on the server and writes its task state. Nothing happens when there is none. Returned is
 * the lease of a server's making: its worker has to have stopped before what it made is removed, so the task that follows waits for the lease's end.
 */
export async function withdrawTask(tx: Transaction, serverId: string, by: string): Promise<HeldLease | null> {
  const task = await tx.serverTask.findUnique({
    where: { serverId },
    select: { requestId: true, action: true, leaseOwner: true, leaseToken: true, leaseUntil: true },
  });
  if (task === null) return null;
  const { requestId, action, ...lease } = task;
  await settleVolume(tx, { serverId, action }, "unknown");
  await tx.serverTask.delete({ where: { serverId } });
  await finishEvents(tx, { serverId, requestId }, "Error", fail("TASK_WITHDRAWN", { by }).message);
  await markFailed(tx, { serverId, requestId });
  return action === createAction || action === "rebuild" ? lease : null;
}

/** A lease as it was when its task was withdrawn. */
export interface HeldLease {
  readonly leaseOwner: string | null;
  readonly leaseToken: number;
  readonly leaseUntil: Date | null;
}
