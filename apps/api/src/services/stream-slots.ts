import { fail } from "@ferry/core";

/** Event streams open at once, in all and of one user. Each costs a connection and some memory. */
export interface StreamLimits {
  readonly total: number;
  readonly perUser: number;
}

export const defaultStreamLimits: StreamLimits = { total: 256, perUser: 32 };

/** Counts the open streams. `take` throws STREAMS_EXHAUSTED when there is no room; its result gives the place back, once. */
export function streamSlots(limits: StreamLimits): { take: (userId: string) => () => void } {
  const open = new Map<string, number>();
  const total = (): number => [...open.values()].reduce((sum, count) => sum + count, 0);
  return {
    take(userId) {
      const mine = open.get(userId) ?? 0;
      if (total() >= limits.total) throw fail("STREAMS_EXHAUSTED", { limit: limits.total });
      if (mine >= limits.perUser) throw fail("STREAMS_EXHAUSTED", { limit: limits.perUser });
      open.set(userId, mine + 1);
      return once(() => {
        const left = (open.get(userId) ?? 1) - 1;
        if (left > 0) open.set(userId, left);
        else open.delete(userId);
      });
    },
  };
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}
