import { readdir, readFile } from "node:fs/promises";
import { createTestDatabase, type TestDatabase } from "@ferry/testkit";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyMigration, sqlBetween } from "../../../scripts/prisma/schema-engine.ts";

const prisma = new URL("../../../prisma/", import.meta.url);
const schema = await readFile(new URL("schema.prisma", prisma), "utf8");

let migrated: TestDatabase;
let declared: TestDatabase;
beforeAll(async () => {
  migrated = await createTestDatabase();
  declared = await createTestDatabase();
});
afterAll(async () => {
  await migrated.drop();
  await declared.drop();
});

async function withClient<T>({ connectionString }: TestDatabase, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Columns, indexes and keys. Checks and triggers are left out: Prisma has no words for them. */
const catalog = (database: TestDatabase): Promise<unknown[][]> =>
  withClient(database, async (client) => {
    const columns = await client.query(
      `SELECT table_name, column_name, data_type, udt_name, is_nullable, column_default FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' ORDER BY 1, 2`,
    );
    const indexes = await client.query(
      "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1",
    );
    const keys = await client.query(
      `SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'f', 'u') AND conrelid::regclass::text <> '_prisma_migrations' ORDER BY 1, 2`,
    );
    return [columns.rows, indexes.rows, keys.rows];
  });

test("the migrations make the tables that the schema declares", async () => {
  const sql = await sqlBetween(declared.connectionString, null, schema);
  await withClient(declared, (client) => client.query(`DROP SCHEMA public CASCADE; CREATE SCHEMA public; ${sql}`));
  const [columns, indexes, keys] = await catalog(migrated);
  expect(columns?.length).toBeGreaterThan(100);
  expect([columns, indexes, keys]).toEqual(await catalog(declared));
});

test("the last migration carries the schema from which the next one will be made", async () => {
  const names = (await readdir(new URL("migrations/", prisma), { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const last = names
    .map((entry) => entry.name)
    .sort()
    .at(-1);
  const before = await readFile(new URL(`migrations/${last}/schema.prisma`, prisma), "utf8");
  expect((await sqlBetween(migrated.connectionString, before, schema)).trim()).toBe(emptyMigration);
});
