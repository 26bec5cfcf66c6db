import { type DatabaseOptions, openDatabase } from "./database.ts";
import { hostRecords } from "./hosts.ts";
import { hypervisorLists } from "./hypervisors.ts";
import { instanceActionLists } from "./instance-actions.ts";
import { migrationLists } from "./migrations-list.ts";
import { serverLists } from "./servers-list.ts";

/**
 * The record. Each member is a group of functions over some tables, made by the file of that name: `hostRecords(db)` in hosts.ts, and so on. A new
 * group is a file `export const nounRecords = (db: Database) => ({ verb: (…) => … })` and one line here. Plain values go in and out.
 */
export function openStore(options: DatabaseOptions) {
  const db = openDatabase(options);
  return {
    hosts: hostRecords(db),
    hypervisors: hypervisorLists(db),
    instanceActions: instanceActionLists(db),
    migrationLists: migrationLists(db),
    serverLists: serverLists(db),
    close: (): Promise<void> => db.$disconnect(),
  };
}

export type Store = ReturnType<typeof openStore>;
