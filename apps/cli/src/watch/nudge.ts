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
      if (!pending && !signal.aborted)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
          signal.addEventListener("abort", wake, { once: true });
        });
      pending = false;
      wake = null;
    },
  };
}
