import { randomUUID } from "node:crypto";
import type { Database } from "./database.ts";

/** Nova's binaries that stand for ferry's processes: a worker, the API. */
export type OwnBinary = "nova-conductor" | "nova-scheduler";

export interface OwnServiceRow {
  readonly id: string;
  readonly number: number;
  readonly binary: OwnBinary;
  /** The machine that it runs on. */
  readonly host: string;
  readonly lastSeenAt: Date;
}

export const ownServiceRecords = (db: Database) => ({
  async list(): Promise<OwnServiceRow[]> {
    const rows = await db.ownService.findMany({ orderBy: [{ binary: "asc" }, { host: "asc" }] });
    return rows.map((row) => ({ ...row, binary: row.binary as OwnBinary }));
  },

  /** The process is alive; to be said every few seconds. Several of a kind on one machine are one service. */
  async beat(binary: OwnBinary, host: string): Promise<void> {
    await db.$executeRaw`
      INSERT INTO own_services (id, "binary", host) VALUES (${randomUUID()}::uuid, ${binary}, ${host})
      ON CONFLICT ("binary", host) DO UPDATE SET last_seen_at = clock_timestamp()`;
  },

  /** False when there is none. One that is alive comes back with its next beat. */
  async remove(key: { readonly id: string } | { readonly number: number }): Promise<boolean> {
    return (await db.ownService.deleteMany({ where: key })).count > 0;
  },
});
