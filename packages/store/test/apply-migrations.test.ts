import { readdirSync } from "node:fs";
import { createTestDatabase, type TestDatabase } from "@ferry/testkit";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyMigrations } from "../src/index.ts";

const migrations = readdirSync(new URL("../../../prisma/migrations/", import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.connectionString });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

const empty = async (): Promise<void> => {
  await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
};
const applied = async (): Promise<unknown[]> =>
  (await client.query(`SELECT migration_name, checksum FROM "_prisma_migrations" ORDER BY 1`)).rows;

test("ten processes that start at once apply each migration once", async () => {
  await empty();
  const results = await Promise.all(Array.from({ length: 10 }, () => applyMigrations(database.connectionString)));
  expect(results.filter((names) => names.length > 0)).toEqual([migrations]);
  expect(await applied()).toHaveLength(migrations.length);
});

test("a database that is up to date is left alone", async () => {
  const before = await applied();
  expect(await applyMigrations(database.connectionString)).toEqual([]);
  expect(await applied()).toEqual(before);
});

test("a migration that fails leaves nothing of itself behind", async () => {
  await empty();
  await client.query("CREATE TABLE tokens (in_the_way int)");
  await expect(applyMigrations(database.connectionString)).rejects.toThrow("Cannot apply migration 0001_init");
  const { rows } = await client.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
  expect(rows.map((row) => row.tablename)).toEqual(["_prisma_migrations", "tokens"]);
  expect(await applied()).toEqual([]);
});

test("a migration edited after it was applied is refused", async () => {
  await empty();
  await applyMigrations(database.connectionString);
  await client.query(`UPDATE "_prisma_migrations" SET checksum = 'other'`);
  await expect(applyMigrations(database.connectionString)).rejects.toThrow("0001_init was applied with other content");
});

test("a database of a newer ferry is refused", async () => {
  await empty();
  await applyMigrations(database.connectionString);
  await client.query(`UPDATE "_prisma_migrations" SET migration_name = '9999_future' WHERE migration_name = $1`, [migrations.at(-1)]);
  await expect(applyMigrations(database.connectionString)).rejects.toThrow("it has migration 9999_future");
});
