import { fail } from "@ferry/core";
import { finishEvents, markFailed } from "./action-writes.ts";
import type { Transaction } from "./database.ts";

/**
 * Takes an unfinished task away from its worker, which is fenced from then on; its action ends with an error that names what took its place. The
 * caller holds the lock on the server and writes its task state. Nothing happens when there is none.
 */
export async function withdrawTask(tx: Transaction, serverId: string, by: string): Promise<void> {
  const task = await tx.serverTask.findUnique({ where: { serverId }, select: { requestId: true } });
  if (task === null) return;
  const { requestId } = task;
  await tx.serverTask.delete({ where: { serverId } });
  await finishEvents(tx, { serverId, requestId }, "Error", fail("TASK_WITHDRAWN", { by }).message);
  await markFailed(tx, { serverId, requestId });
}
