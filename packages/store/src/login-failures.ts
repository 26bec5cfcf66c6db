import type { Database } from "./database.ts";

/** So many wrong passwords are free; each further one must wait until the time since the last one has run out. */
const free = 10;
const forgetAfterSeconds = 300;

/** Wrong passwords in a row, by any text that says who was meant and from where. All processes count together. */
export const loginFailures = (db: Database) => ({
  /** Seconds to wait before the next try; null: none. */
  async wait(key: string): Promise<number | null> {
    const [row] = await db.$queryRaw<{ seconds: number }[]>`
      SELECT ceil(extract(epoch FROM expires_at - clock_timestamp()))::int AS seconds FROM login_failures
      WHERE key = ${key} AND failures >= ${free} AND expires_at > clock_timestamp()`;
    return row === undefined ? null : Math.max(1, row.seconds);
  },

  async note(key: string): Promise<void> {
    await db.$executeRaw`
      INSERT INTO login_failures (key, failures, expires_at) VALUES (${key}, 1, clock_timestamp() + ${forgetAfterSeconds} * interval '1 s')
      ON CONFLICT (key) DO UPDATE SET
        failures = CASE WHEN login_failures.expires_at > clock_timestamp() THEN login_failures.failures + 1 ELSE 1 END,
        expires_at = EXCLUDED.expires_at`;
  },

  async forget(key: string): Promise<void> {
    await db.loginFailure.deleteMany({ where: { key } });
  },

  /** Removes what has run out; returns how many. */
  async purge(): Promise<number> {
    return await db.$executeRaw`DELETE FROM login_failures WHERE expires_at < clock_timestamp()`;
  },
});
