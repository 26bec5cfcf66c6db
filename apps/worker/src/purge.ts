import type { Worker } from "./dependencies.ts";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const KEEP_EVENTS_MS = 30 * DAY_MS;
const KEEP_INQUIRIES_MS = DAY_MS;

/** Forgets what nobody asks for any more, at most once an hour: old events, answered questions, tokens that have run out. */
export class Purge {
  private readonly worker: Pick<Worker, "store" | "clock">;
  private nextAt = 0;

  constructor(worker: Pick<Worker, "store" | "clock">) {
    this.worker = worker;
  }

  async tick(): Promise<void> {
    const { store, clock } = this.worker;
    const now = clock.now();
    if (now < this.nextAt) return;
    this.nextAt = now + HOUR_MS;
    await store.events.purge(new Date(now - KEEP_EVENTS_MS));
    await store.inquiries.purge(new Date(now - KEEP_INQUIRIES_MS));
    await store.tokens.purge();
    await store.loginFailures.purge();
  }
}
