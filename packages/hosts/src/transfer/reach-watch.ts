import { setTimeout as sleep } from "node:timers/promises";
import { isFerryError, type Reachability } from "@ferry/core";
import { ofGuest } from "../hypervisor/handle.ts";
import { traitsOf } from "../hypervisor/traits/traits-of.ts";
import { reach } from "../peer-access/reach.ts";
import { abortUntilEnded } from "./abort.ts";
import type { Way } from "./way.ts";

/** Short moves are over before anything is asked. */
const FIRST_AFTER_MS = 1_000;
const ASK_EVERY_MS = 5_000;
const REACH_DEADLINE_MS = 3_000;
/** How many times in a row the destination must be silent, with nothing copied meanwhile: about 30 s, as long as libvirt's own keepalive waits. */
const SILENT_TIMES = 4;

/** One look from the source at the way to the destination. `bytes` is what has been copied so far; null when the job could not be asked. */
export interface Glance {
  readonly reach: Reachability | "unasked";
  readonly bytes: number | null;
}

/**
 * Pure: how many times in a row the destination was silent, after one more look. A way that never answered tells nothing (a firewall may forbid
 * what is tried), and neither does one that is silent while bytes still travel.
 */
export function countSilence(history: readonly Glance[]): number {
  if (!history.some(({ reach: answer }) => answer === "open" || answer === "refused")) return 0;
  const lastAnswer = history.findLastIndex(({ reach: answer }) => answer !== "silent");
  const silences = history.slice(lastAnswer + 1);
  const lastProgress = silences.findLastIndex(({ bytes }, index) => bytes !== null && bytes > (history[lastAnswer + index]?.bytes ?? 0));
  return silences.length - lastProgress - 1;
}

/**
 * Gives the transfer up when the destination has fallen silent for the source: neither QEMU nor libvirt does so before TCP gives up, many
 * minutes later. `seenBefore` is what is known of the way from the time before this watch. Returns when the transfer has `ended`.
 */
export async function endWhenOutOfReach(way: Way, ended: AbortSignal, seenBefore: readonly Glance[] = []): Promise<void> {
  const history = [...seenBefore];
  while (await pause(history.length === seenBefore.length ? FIRST_AFTER_MS : ASK_EVERY_MS, ended)) {
    history.push(await glance(way));
    if (countSilence(history) >= SILENT_TIMES) return await abortUntilEnded(way, ended);
  }
}

/** False when the transfer has ended meanwhile. */
async function pause(ms: number, ended: AbortSignal): Promise<boolean> {
  await Promise.allSettled([sleep(ms, undefined, { signal: ended })]);
  return !ended.aborted;
}

async function glance(way: Way): Promise<Glance> {
  const [answer, bytes] = await Promise.all([askReach(way), askBytes(way)]);
  return { reach: answer, bytes };
}

/** A source that ferry itself cannot reach says nothing about the destination. */
async function askReach({ source, address, port }: Way): Promise<Glance["reach"]> {
  try {
    return await reach(await source.session(), address, port, REACH_DEADLINE_MS);
  } catch (error) {
    if (isFerryError(error)) return "unasked";
    throw error;
  }
}

async function askBytes({ source, uuid }: Way): Promise<number | null> {
  const { readJob } = traitsOf(source.address.uri);
  const deadline = sleep(REACH_DEADLINE_MS, null, { ref: false });
  try {
    const job = await Promise.race([
      source.ask(`read the job of guest ${uuid}`, (connection) => ofGuest(connection, uuid, (dom) => readJob(connection, dom))),
      deadline,
    ]);
    if (job?.kind !== "running") return null;
    return (job.statistics.memoryProcessedBytes ?? 0) + (job.statistics.diskProcessedBytes ?? 0);
  } catch (error) {
    if (isFerryError(error)) return null;
    throw error;
  }
}
