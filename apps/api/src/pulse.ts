import { hostname } from "node:os";
import type { Store } from "@ferry/store";
import type { FastifyBaseLogger } from "fastify";

/** Nova's report_interval. */
const everyMs = 10_000;

/** Says every few seconds that the API is alive: Nova's nova-scheduler, as far as clients look. The caller stops it. */
export function startPulse(store: Pick<Store, "ownServices">, logger: FastifyBaseLogger): { stop: () => void } {
  const beat = (): void => {
    store.ownServices
      .beat("nova-scheduler", hostname())
      .catch((error: unknown) => logger.warn({ err: error }, "the API could not say that it is alive; it tries again"));
  };
  beat();
  const timer = setInterval(beat, everyMs);
  return { stop: () => clearInterval(timer) };
}
