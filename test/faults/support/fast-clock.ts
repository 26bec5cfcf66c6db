import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "@ferry/core";

/** A clock that runs `factor` times as fast as time does: what waits a second for a person waits some milliseconds for a test. */
export function fastClock(factor = 40): Clock {
  const startedAt = Date.now();
  return {
    now: () => startedAt + Math.round((Date.now() - startedAt) * factor),
    sleep: async (ms, signal) => {
      await pause(ms / factor, undefined, signal ? { signal } : undefined);
    },
  };
}
