import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";

const migrationsPath = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));

/** Any number that nothing else locks: processes that start at the same time apply the migrations one after the other. */
const lockKey = 7_310_229_046;

interface MigrationScript {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, hex: what Prisma's own tool records. */
  readonly checksum: string;
}

/**
 * Brings the database to the newest schema and returns the names of the migrations it applied, oldest first. Each is one transaction together with its
 * row in Prisma's `_prisma_migrations`, so a failed one leaves nothing. Safe when several processes call it at once. Throws when the database holds a
 * migration that this version does not know or that was edited since.
 */
export async function applyMigrations(connectionString: string): Promise<string[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [lockKey]);
    await client.query(tableOfMigrations);
    const scripts = await readScripts();
    const missing = missingScripts(scripts, await appliedChecksums(client));
    for (const script of missing) await applyOne(client, script);
    return missing.map((script) => script.name);
  } finally {
    await client.end();
  }
}

const tableOfMigrations = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

async function readScripts(): Promise<MigrationScript[]> {
  const entries = await readdir(migrationsPath, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return await Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(migrationsPath, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function appliedChecksums(client: Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    `SELECT migration_name, checksum FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

function missingScripts(scripts: readonly MigrationScript[], applied: ReadonlyMap<string, string>): MigrationScript[] {
  const known = new Map(scripts.map((script) => [script.name, script.checksum]));
  for (const [name, checksum] of applied) {
    if (!known.has(name)) {
      throw new Error(
        `Cannot use the database: it has migration ${name}, which this version of ferry lacks. Run the version that made it, or a newer one.`,
      );
    }
    if (known.get(name) !== checksum) {
      throw new Error(
        `Cannot use the database: migration ${name} was applied with other content. Restore the file; a change belongs into a new migration.`,
      );
    }
  }
  return scripts.filter((script) => !applied.has(script.name));
}

async function applyOne(client: Client, { name, sql, checksum }: MigrationScript): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (cause) {
    await client.query("ROLLBACK");
    throw new Error(`Cannot apply migration ${name} to the database: it is as it was before.`, { cause });
  }
}
