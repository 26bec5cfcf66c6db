import type { Database } from "./database.ts";

export const hostRecords = (db: Database) => ({
  count: (): Promise<number> => db.host.count(),
});
