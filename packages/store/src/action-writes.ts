import type { Transaction } from "./database.ts";

/** Which of Nova's instance actions. */
export interface ActionKey {
  readonly serverId: string;
  readonly requestId: string;
}

/** An event that begins now. */
export async function beginEvent(tx: Transaction, { serverId, requestId }: ActionKey, event: string, host: string | null): Promise<void> {
  await tx.instanceActionEvent.create({ data: { serverId, requestId, event, host } });
}

/** An event that is over as soon as it is told. */
export async function pointEvent(tx: Transaction, { serverId, requestId }: ActionKey, event: string, host: string | null): Promise<void> {
  const now = new Date();
  await tx.instanceActionEvent.create({ data: { serverId, requestId, event, host, startTime: now, finishTime: now, result: "Success" } });
}

/** Ends the events of the action that are still open. */
export async function finishEvents(
  tx: Transaction,
  { serverId, requestId }: ActionKey,
  result: "Success" | "Error",
  details: string | null,
): Promise<void> {
  const where = { serverId, requestId, finishTime: null };
  await tx.instanceActionEvent.updateMany({ where, data: { finishTime: new Date(), result, details } });
}

/** Marks the action as one that failed, as Nova does. */
export async function markFailed(tx: Transaction, { serverId, requestId }: ActionKey): Promise<void> {
  await tx.instanceAction.updateMany({ where: { serverId, requestId }, data: { message: "Error" } });
}
