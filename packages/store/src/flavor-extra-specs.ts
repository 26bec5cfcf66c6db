import { fail } from "@ferry/core";
import type { Database } from "./database.ts";

/** Extra specs of flavors; each write is one statement, so that two at once lose nothing of each other. */
export const flavorExtraSpecs = (db: Database) => ({
  /** Adds these to the others. Throws FLAVOR_NOT_FOUND. */
  async setExtraSpecs(id: string, specs: Readonly<Record<string, string>>): Promise<void> {
    const count = await db.$executeRaw`
      UPDATE flavors SET extra_specs = extra_specs || ${JSON.stringify(specs)}::jsonb WHERE id = ${id}`;
    if (count === 0) throw fail("FLAVOR_NOT_FOUND", { id });
  },

  /** Throws EXTRA_SPEC_NOT_FOUND, FLAVOR_NOT_FOUND. */
  async removeExtraSpec(id: string, key: string): Promise<void> {
    const count = await db.$executeRaw`
      UPDATE flavors SET extra_specs = extra_specs - ${key}::text WHERE id = ${id} AND jsonb_exists(extra_specs, ${key})`;
    if (count > 0) return;
    if ((await db.flavor.count({ where: { id } })) === 0) throw fail("FLAVOR_NOT_FOUND", { id });
    throw fail("EXTRA_SPEC_NOT_FOUND", { id, key });
  },
});
