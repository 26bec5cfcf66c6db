import { hostname } from "node:os";
import type { Worker } from "./dependencies.ts";

/** Nova's report_interval. */
const EVERY_MS = 10_000;

/** Says every few seconds that the worker is alive: Nova's nova-conductor, as far as clients look. */
export class Pulse {
  private readonly worker: Pick<Worker, "store" | "clock">;
  private nextAt = 0;

  constructor(worker: Pick<Worker, "store" | "clock">) {
    this.worker = worker;
  }

  async tick(): Promise<void> {
    const { store, clock } = this.worker;
    const now = clock.now();
    if (now < this.nextAt) return;
    await store.ownServices.beat("nova-conductor", hostname());
    this.nextAt = now + EVERY_MS;
  }
}
