import type { Worker } from "./dependencies.ts";

const BATCH = 100;

/** Where relayed entries go. */
export type AddJob = (topic: string, key: string) => Promise<void>;

/** Turns outbox rows into jobs whenever it is nudged; nudges during a run lead to one more run. */
export class OutboxRelay {
  private readonly worker: Pick<Worker, "store" | "log">;
  private readonly addJob: AddJob;
  private running: Promise<void> | null = null;
  private again = false;

  constructor(worker: Pick<Worker, "store" | "log">, addJob: AddJob) {
    this.worker = worker;
    this.addJob = addJob;
  }

  nudge(): void {
    this.again = true;
    this.running ??= this.drain().finally(() => {
      this.running = null;
    });
  }

  /** Resolves when a run that is under way has ended. */
  async idle(): Promise<void> {
    await this.running;
  }

  /** A failure leaves the rows where they are; the next nudge, at the latest the reconciler's, tries again. */
  private async drain(): Promise<void> {
    try {
      while (this.again) {
        this.again = false;
        const relayed = await this.worker.store.outbox.relay(BATCH, ({ topic, key }) => this.addJob(topic, key));
        this.again ||= relayed === BATCH;
      }
    } catch (error) {
      this.worker.log.warn({ err: error }, "outbox rows could not be turned into jobs; they stay and are tried again");
    }
  }
}
