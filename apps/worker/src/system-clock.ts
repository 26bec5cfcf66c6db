import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "@ferry/core";

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await pause(ms, undefined, signal ? { signal } : undefined);
  },
};
