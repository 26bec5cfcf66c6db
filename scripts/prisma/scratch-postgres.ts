import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@ferry/store/embedded";

/** Runs `work` with a PostgreSQL that exists only for it. */
export async function withScratchPostgres<T>(work: (connectionString: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "ferry-scratch-"));
  const postgres = await startEmbeddedPostgres({ directory, durable: false });
  try {
    return await work(postgres.connectionString);
  } finally {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
