/**
 * The steps of the database's schema. Each folder of prisma/migrations holds the SQL and, as `schema.prisma`, the schema it leads to.
 *   node scripts/prisma-migration.ts new NAME   writes the SQL from the last migration to prisma/schema.prisma as the next migration
 *   node scripts/prisma-migration.ts check      ends with status 1 when prisma/schema.prisma is ahead of the last migration
 * That the SQL really makes the tables of the schema is proven by packages/store/test/migrations-match-schema.test.ts.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { emptyMigration, sqlBetween } from "./prisma/schema-engine.ts";
import { withScratchPostgres } from "./prisma/scratch-postgres.ts";

const migrationsPath = fileURLToPath(new URL("../prisma/migrations", import.meta.url));
const schema = await readFile(new URL("../prisma/schema.prisma", import.meta.url), "utf8");

async function migrationNames(): Promise<string[]> {
  const entries = await readdir(migrationsPath, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

async function missingSql(): Promise<string> {
  const last = (await migrationNames()).sort().at(-1);
  const before = last === undefined ? null : await readFile(join(migrationsPath, last, "schema.prisma"), "utf8");
  return await withScratchPostgres((connectionString) => sqlBetween(connectionString, before, schema));
}

async function writeNext(name: string): Promise<void> {
  const number = String((await migrationNames()).length + 1).padStart(4, "0");
  const directory = join(migrationsPath, `${number}_${name}`);
  const sql = await missingSql();
  await mkdir(directory);
  await writeFile(join(directory, "migration.sql"), sql);
  await writeFile(join(directory, "schema.prisma"), schema);
  console.log(`Wrote prisma/migrations/${number}_${name}. Add by hand what Prisma cannot express: checks, triggers, data.`);
}

async function check(): Promise<void> {
  const sql = await missingSql();
  if (sql.trim() === emptyMigration) return;
  console.error(`prisma/schema.prisma is ahead of prisma/migrations. Missing:\n\n${sql}\nRun: node scripts/prisma-migration.ts new NAME`);
  process.exitCode = 1;
}

const [verb, name] = process.argv.slice(2);
if (verb === "new" && name !== undefined && /^[a-z][a-z0-9_]*$/.test(name)) await writeNext(name);
else if (verb === "check") await check();
else {
  console.error("Usage: prisma-migration.ts new NAME | check    (NAME: lower-case letters, digits and _)");
  process.exitCode = 2;
}
