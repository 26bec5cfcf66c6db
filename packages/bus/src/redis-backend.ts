import { type Job, Queue, Worker } from "bullmq";
import { jobSettings, type QueueBackend, workerSettings } from "./backend.ts";

/** BullMQ on Redis through ioredis. A worker's blocking connection must repeat its command for ever, hence `maxRetriesPerRequest: null`. */
export function redisBackend(url: string): QueueBackend {
  const connection = { url, maxRetriesPerRequest: null };
  return {
    queue: (topic) => new Queue(topic, { connection, prefix: "ferry", defaultJobOptions: jobSettings }),
    worker: (topic, run, concurrency) =>
      new Worker(topic, (job: Job<{ key: string }>) => run(job.data.key), { connection, prefix: "ferry", concurrency, ...workerSettings }),
    prepare: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
