import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import { Pool } from "pg";

/** The little of the WebAssembly interface that is used; Node's own types leave it to the browser's. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<{ exports: Record<string, unknown> }>;
};

export const emptyMigration = "-- This is an empty migration.";

/**
 * The SQL that leads from one Prisma schema (null: an empty database) to another; `emptyMigration` when they mean the same tables. Prisma's own
 * schema engine does it. It wants any PostgreSQL to ask for its version and changes nothing there. It could read a live database back too, but
 * `@prisma/adapter-pg` 7.10 refuses the type `"char"` of the system catalogs.
 */
export async function sqlBetween(connectionString: string, from: string | null, to: string): Promise<string> {
  engineLoaded ??= loadEngine();
  await engineLoaded;
  const pool = new Pool({ connectionString, max: 1 });
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  try {
    return await diff(adapter, from, to);
  } finally {
    await pool.end();
  }
}

async function diff(adapter: object, from: string | null, to: string): Promise<string> {
  const session = await engine.SchemaEngine.new({ datamodels: [["schema.prisma", to]] }, () => undefined, adapter);
  try {
    const result = await session.diff({
      from: from === null ? { tag: "empty" } : datamodel(from),
      to: datamodel(to),
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return result.stdout ?? "";
  } finally {
    session.free();
  }
}

const datamodel = (content: string): engine.DiffTarget => ({ tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] });

/** The glue code holds one instance: a second one would take the memory from under the first. */
let engineLoaded: Promise<void> | null = null;

/**
 * Prisma's schema engine as WebAssembly. Its ES module entry imports the `.wasm` file, which Node does not do without a flag, so the module is
 * compiled here and handed to the glue code.
 */
async function loadEngine(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
  const module = await WebAssembly.compile(await readFile(entry.replace(/schema_engine\.js$/, "schema_engine_bg.wasm")));
  const { exports } = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": { ...engine } });
  engine.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
}
