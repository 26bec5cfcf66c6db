import type { Clock } from "@ferry/core";

/** A clock that goes on only by sleeping: the earliest sleeper wakes as soon as nothing else is left to do. */
export class FakeClock implements Clock {
  private time = 0;
  private readonly sleepers = new Set<{ at: number; wake: () => void }>();
  now = (): number => this.time;

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const sleeper = { at: this.time + ms, wake: resolve };
    this.sleepers.add(sleeper);
    signal?.addEventListener("abort", () => {
      this.sleepers.delete(sleeper);
      reject(signal.reason);
    });
    setImmediate(() => this.tick());
    return promise;
  }

  private tick(): void {
    const next = [...this.sleepers].toSorted((one, other) => one.at - other.at)[0];
    if (!next) return;
    this.sleepers.delete(next);
    this.time = Math.max(this.time, next.at);
    next.wake();
  }
}
