import { type Owner, openStore, type Store } from "@ferry/store";
import { createTestDatabase, type TestDatabase } from "@ferry/testkit";
import { Pool } from "pg";

/** One record for all the worlds of a test file; each world brings its own hosts. */
export interface Fleet {
  readonly database: TestDatabase;
  readonly store: Store;
  /** For what only the database knows, and for turning its clock. */
  readonly sql: Pool;
  readonly owner: Owner;
  /** Counts worlds up, so that their hosts have names and addresses of their own. */
  nextWorld(): number;
  close(): Promise<void>;
}

export async function openFleet(): Promise<Fleet> {
  const database = await createTestDatabase();
  const store = openStore({ connectionString: database.connectionString, connections: 20 });
  const sql = new Pool({ connectionString: database.connectionString, max: 4 });
  const owner = await store.identity.bootstrap({ userName: "admin", password: "secret", projectName: "admin" });
  let worlds = 0;
  const close = async (): Promise<void> => {
    await store.close();
    await sql.end();
    await database.drop();
  };
  return { database, store, sql, owner, nextWorld: () => ++worlds, close };
}
