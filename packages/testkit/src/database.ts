import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { applyMigrations } from "@ferry/store";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@ferry/store/embedded";
import { Client, escapeIdentifier } from "pg";
import { inject } from "vitest";
import { directoryKey } from "./database-setup.ts";

export interface TestDatabase {
  readonly connectionString: string;
  /** Drops it. Throws when something is still connected 2 s later: the test has left a client open. */
  drop(): Promise<void>;
}

const template = "ferry_template";
/** Any number: the one process that makes the template holds this lock. */
const templateLock = 7_310_229_047;

/**
 * A database of its own with the newest schema and nothing in it but the first rows that the migrations write; a clone of a template, so it takes
 * some ten milliseconds. The server is one for the whole test run and starts with the first call (about 1 s).
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = await startEmbeddedPostgres({ directory: inject(directoryKey), database: "ferry_tests", durable: false });
  await ensureTemplate(server);
  const name = `t_${randomUUID().replaceAll("-", "")}`;
  await administer(server, (client) => client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${template}`));
  return { connectionString: urlOf(server, name), drop: () => drop(server, name) };
}

const urlOf = (server: EmbeddedPostgres, database: string): string =>
  Object.assign(new URL(server.connectionString), { pathname: database }).href;

async function administer<T>(server: EmbeddedPostgres, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: server.connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function ensureTemplate(server: EmbeddedPostgres): Promise<void> {
  await administer(server, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [templateLock]);
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [template]);
    if (rowCount !== 0) return;
    const unfinished = `${template}_unfinished`;
    await client.query(`CREATE DATABASE ${unfinished}`);
    await applyMigrations(urlOf(server, unfinished));
    await waitUntilAlone(client, unfinished);
    await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`);
  });
}

async function drop(server: EmbeddedPostgres, name: string): Promise<void> {
  await administer(server, async (client) => {
    const left = await waitUntilAlone(client, name);
    await client.query(`DROP DATABASE ${escapeIdentifier(name)} WITH (FORCE)`);
    if (left.length > 0)
      throw new Error(`The test left ${left.length} database connections open. Close them. Their last statements:\n${left.join("\n")}`);
  });
}

/** Last statements of the sessions still there after 2 s. A session ends a moment after its client has closed. */
async function waitUntilAlone(client: Client, database: string): Promise<string[]> {
  for (let waitedMs = 0; ; waitedMs += 10) {
    const { rows } = await client.query<{ query: string }>("SELECT query FROM pg_stat_activity WHERE datname = $1", [database]);
    if (rows.length === 0 || waitedMs >= 2000) return rows.map((row) => row.query);
    await sleep(10);
  }
}
