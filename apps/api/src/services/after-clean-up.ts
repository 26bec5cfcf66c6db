import { setTimeout as sleep } from "node:timers/promises";
import { hasCode, SECOND } from "@ferry/core";

/** How long a request waits for a move that is over but for its clean-up, which takes about a second. */
const waitMs = 10 * SECOND;
const betweenTriesMs = 100;

/** The part of the record that tells whether a server is on its way. */
export interface TaskStates {
  readonly serverLists: { find(id: string): Promise<{ readonly taskState: string | null } | null> };
}

/**
 * What `accept` returns. A server is ACTIVE as soon as its guest runs at its new host, and clients move it on from there at once, while the earlier move still
 * tidies up behind it: then `accept` is tried again. Throws what `accept` throws: at once while the server is on its way, and after `timeoutMs`.
 */
export async function afterCleanUp<T>(
  store: TaskStates,
  serverId: string,
  accept: () => Promise<T>,
  timeoutMs: number = waitMs,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await accept();
    } catch (error) {
      if (!hasCode(error, "SERVER_MIGRATION_PENDING") || Date.now() > deadline) throw error;
      if ((await store.serverLists.find(serverId))?.taskState !== null) throw error;
    }
    await sleep(betweenTriesMs);
  }
}
