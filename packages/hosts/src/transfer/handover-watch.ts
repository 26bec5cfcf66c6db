import { setTimeout as sleep } from "node:timers/promises";
import type { EventStream } from "@ferry/libvirt";
import { isHandedOver, observeDestination, type Parties } from "./parties.ts";

const RETRY_MS = 1_000;

/**
 * Resolves with true as soon as the destination is seen to have taken the guest over: each of its lifecycle events leads to a look, so that
 * the answer never rests on an event alone. Resolves with false when `signal` aborts. A lost connection is made again, however often.
 */
export async function watchHandover(parties: Parties, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    try {
      if (await watchOnce(parties, signal)) return true;
    } catch (error) {
      if (signal.aborted) return false;
      await pause(error, signal);
    }
  }
  return false;
}

async function watchOnce(parties: Parties, signal: AbortSignal): Promise<boolean> {
  const events = await parties.destination.act("listen to events", (connection) => connection.subscribe(["lifecycle"], { signal }));
  try {
    if (await hasArrived(parties)) return true;
    return await followEvents(parties, events);
  } finally {
    await events.return();
  }
}

async function followEvents(parties: Parties, events: EventStream<"lifecycle">): Promise<boolean> {
  for await (const event of events) {
    if (event.dom.uuid === parties.request.guest.uuid && (await hasArrived(parties))) return true;
  }
  return false;
}

const hasArrived = async (parties: Parties): Promise<boolean> => isHandedOver(await observeDestination(parties), parties.request.paused);

/** Waits before the next try; the error was one of the connection, which the next try makes anew. */
async function pause(error: unknown, signal: AbortSignal): Promise<void> {
  await Promise.allSettled([sleep(RETRY_MS, error, { signal })]);
}
