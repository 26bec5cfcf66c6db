import type { Queue, Worker } from "bullmq";
import { postgresBackend } from "./postgres-backend.ts";
import { redisBackend } from "./redis-backend.ts";

export interface QueueOptions {
  /** ferry's PostgreSQL; the queue's tables live in a schema of their own, `bullmq`. */
  readonly connectionString: string;
  /** When set, the queue lives in this Redis instead. It must not evict (`maxmemory-policy noeviction`). */
  readonly redisUrl?: string | null;
  /** Told of trouble with the backend. The queue goes on trying by itself. */
  readonly onError?: (error: Error) => void;
}

export interface JobOptions {
  /** Distinguishes a wanted second run from a repetition: the same topic, key and attempt is one job while it waits or runs. */
  readonly attempt?: number | string;
}

export interface WorkOptions {
  /** Jobs of the topic that run at a time in this process. Default 1. */
  readonly concurrency?: number;
}

/** Runs one job. What it throws is told to `onError` and ends the job; the queue does not repeat it, the record decides what is left to do. */
export type JobHandler = (key: string) => Promise<void>;

/**
 * Jobs that say only what to look at: the payload is a key, the truth is in the record. A job runs once or more: when a worker dies, another one gets its
 * job some 30 s later, so a handler must look how far things are and go on from there. A job that has ended is forgotten, so that it may be added again.
 */
export interface JobQueue {
  /** Adds the job unless it waits or runs already. */
  add(topic: string, key: string, options?: JobOptions): Promise<void>;
  /** Runs the topic's jobs in this process from now on. Resolves when it is ready for the first. */
  work(topic: string, handler: JobHandler, options?: WorkOptions): Promise<void>;
  /** Takes no more jobs, waits for those that run (unless `force`), and disconnects. */
  close(options?: { force?: boolean }): Promise<void>;
}

export async function openQueue(options: QueueOptions): Promise<JobQueue> {
  const onError = options.onError ?? (() => undefined);
  const backend = options.redisUrl ? redisBackend(options.redisUrl) : postgresBackend(options.connectionString, onError);
  await backend.prepare();
  const queues = new Map<string, Queue>();
  const workers: Worker[] = [];

  const queueOf = (topic: string): Queue => {
    const known = queues.get(topic);
    if (known !== undefined) return known;
    const queue = backend.queue(topic);
    queue.on("error", onError);
    queues.set(topic, queue);
    return queue;
  };

  return {
    async add(topic, key, { attempt } = {}) {
      await queueOf(topic).add(topic, { key }, { jobId: jobId(topic, key, attempt) });
    },

    async work(topic, handler, { concurrency = 1 } = {}) {
      const worker = backend.worker(topic, handler, concurrency);
      worker.on("error", onError);
      worker.on("failed", (_job, error) => onError(error));
      workers.push(worker);
      await worker.waitUntilReady();
    },

    async close({ force = false } = {}) {
      await Promise.all(workers.map((worker) => worker.close(force)));
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await backend.close();
    },
  };
}

/** BullMQ forbids `:` in ids, and ids that are integers. */
const jobId = (topic: string, key: string, attempt: number | string | undefined): string =>
  attempt === undefined ? `${topic}-${key}` : `${topic}-${key}-${attempt}`;
