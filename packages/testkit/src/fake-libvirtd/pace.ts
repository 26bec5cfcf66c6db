import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";

/** How fast things happen in the fake: each little piece of work takes one tick, a moment of real time. */
export class Pace {
  readonly #tickMs: number;

  constructor(tickMs = 1) {
    this.#tickMs = tickMs;
  }

  async tick(): Promise<void> {
    await sleep(this.#tickMs);
  }

  /** Lets everything that is ready go first: calls never answer in the same breath in which they came. */
  async settle(): Promise<void> {
    await nextTurn();
  }

  /** Ticks until the condition holds. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await this.tick();
  }
}
