import type { Database } from "./database.ts";

/** A job to be queued: written with the change that needs it, so neither exists without the other. */
export interface OutboxEntry {
  readonly topic: string;
  readonly key: string;
}

export const outboxRecords = (db: Database) => ({
  /** Writes an entry of its own, for a second run of work that is there already. */
  async add(topic: string, key: string): Promise<void> {
    await db.outbox.create({ data: { topic, key } });
  },

  /**
   * Hands the oldest entries to `queue` and deletes them, at most `limit`; returns how many. Entries another relay is at work on are skipped. If `queue` throws, or
   * the process dies, all of them stay: an entry is queued once or more, never lost, and the job's id makes a repetition harmless.
   */
  async relay(limit: number, queue: (entry: OutboxEntry) => Promise<void>): Promise<number> {
    return await db.$transaction(async (tx) => {
      const entries = await tx.$queryRaw<(OutboxEntry & { id: bigint })[]>`
        DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
        RETURNING id, topic, key`;
      for (const { topic, key } of entries.sort((a, b) => Number(a.id - b.id))) await queue({ topic, key });
      return entries.length;
    });
  },
});
