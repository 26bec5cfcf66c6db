/** Pauses between failed attempts to reach a host (ms); the last one is kept. */
const pausesMs = [0, 250, 500, 1_000, 2_000, 4_000] as const;

/**
 * Spares a host that cannot be reached: within the pause after a failure the next attempt fails at once with the same error. The pause grows
 * with each failure in a row and is forgotten at the first success.
 */
export class BackOff {
  readonly #now: () => number;
  #failures = 0;
  #until = 0;
  #error: unknown;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Runs the attempt, or rejects at once while a pause lasts. */
  async attempt<T>(connect: () => Promise<T>): Promise<T> {
    if (this.#now() < this.#until) throw this.#error;
    try {
      const result = await connect();
      this.forget();
      return result;
    } catch (error) {
      this.#failed(error);
      throw error;
    }
  }

  /** The next attempt is made at once, as if none had failed. */
  forget(): void {
    this.#failures = 0;
    this.#until = 0;
  }

  #failed(error: unknown): void {
    const pauseMs = pausesMs[Math.min(this.#failures, pausesMs.length - 1)] ?? 0;
    this.#failures++;
    this.#until = this.#now() + pauseMs;
    this.#error = error;
  }
}
