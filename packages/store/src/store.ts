import { type DatabaseOptions, openDatabase } from "./database.ts";
import { hostRecords } from "./hosts.ts";

/**
 * The record. Each member is a group of functions over some tables, made by the file of that name: `hostRecords(db)` in hosts.ts, and so on. A new
 * group is a file `export const nounRecords = (db: Database) => ({ verb: (…) => … })` and one line here. Plain values go in and out.
 */
export function openStore(options: DatabaseOptions) {
  const db = openDatabase(options);
  return {
    hosts: hostRecords(db),
    close: (): Promise<void> => db.$disconnect(),
  };
}

export type Store = ReturnType<typeof openStore>;
