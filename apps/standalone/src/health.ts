import { setTimeout as sleep } from "node:timers/promises";

const ASK_EVERY_MS = 50;
const GIVE_UP_AFTER_MS = 60_000;

/** Resolves when the API answers that it can serve; throws after a minute. */
export async function waitUntilHealthy(url: string): Promise<void> {
  for (let waited = 0; waited < GIVE_UP_AFTER_MS; waited += ASK_EVERY_MS) {
    if (await isHealthy(url)) return;
    await sleep(ASK_EVERY_MS);
  }
  throw new Error(`Cannot start ferry: ${url} did not answer within ${GIVE_UP_AFTER_MS / 1000} s. The reason is in the log above.`);
}

/** A refused connection means "not yet". */
async function isHealthy(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}
