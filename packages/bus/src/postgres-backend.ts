import { createPostgresBackend, type Job, type PostgresConnectionOptions, Queue, runMigrations, Worker } from "bullmq";
import { Pool } from "pg";
import { jobSettings, type QueueBackend, workerSettings } from "./backend.ts";

/** BullMQ's schema for its tables; the pool's search path leads there. */
const schema = "bullmq";
/** Each topic that is worked on keeps one connection listening; the rest serve the short calls of all topics together. */
const connections = 12;

/** BullMQ on PostgreSQL, all topics over one pool. */
export function postgresBackend(connectionString: string, onError: (error: Error) => void): QueueBackend {
  const pool = new Pool({
    connectionString,
    max: connections,
    keepAlive: true,
    options: `-c search_path=${schema}`,
    application_name: "ferry-queue",
  });
  pool.on("error", onError);
  // A pg.Pool is one of the forms BullMQ takes; its own description of a pool does not fit the types of pg under exactOptionalPropertyTypes.
  const connection = pool as unknown as PostgresConnectionOptions;
  return {
    queue: (topic) => new Queue(topic, { connection, defaultJobOptions: jobSettings }, createPostgresBackend) as unknown as Queue,
    worker: (topic, run, concurrency) =>
      new Worker(
        topic,
        (job: Job<{ key: string }>) => run(job.data.key),
        { connection, concurrency, ...workerSettings },
        createPostgresBackend,
      ) as unknown as Worker,
    async prepare() {
      const client = await pool.connect();
      try {
        await runMigrations(client, schema);
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}
