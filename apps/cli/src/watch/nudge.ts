/** Wakes one waiter. A nudge that comes while nobody waits is kept for the next wait. */
export interface Nudge {
  give(): void;
  /** Resolves at the next nudge, after `timeoutMs`, or when `signal` is aborted; never rejects. */
  wait(timeoutMs: number, signal: AbortSignal): Promise<void>;
}

export function makeNudge(): Nudge {
  let pending = false;
  let wake: (() => void) | null = null;
  return {
    give() {
      pending = true;
      wake?.();
    },
    async wait(timeoutMs, signal) {
      if (!pending && !signal.aborted) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const end = (): void => resolve();
        const timer = setTimeout(end, timeoutMs);
        signal.addEventListener("abort", end);
        wake = end;
        await promise;
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
      }
      pending = false;
      wake = null;
    },
  };
}
