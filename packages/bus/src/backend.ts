import type { Queue, Worker } from "bullmq";

/** One way to keep jobs. */
export interface QueueBackend {
  queue(topic: string): Queue;
  worker(topic: string, run: (key: string) => Promise<void>, concurrency: number): Worker;
  /** Makes what it needs in the database; repeatable and safe in several processes. */
  prepare(): Promise<void>;
  close(): Promise<void>;
}

/**
 * How long a job may stay without a sign of life before another worker gets it: the lock is renewed at half of `lockDuration`. A job that was taken over so
 * often has not failed, its workers have; so there is no limit worth having.
 */
export const workerSettings = { lockDuration: 30_000, stalledInterval: 15_000, maxStalledCount: 1_000 };

/** A finished job, well or badly, leaves nothing: its id is free for the next run. */
export const jobSettings = { removeOnComplete: true, removeOnFail: true };
