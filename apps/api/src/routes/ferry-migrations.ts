import { fail, isUuid } from "@ferry/core";
import type { Store } from "@ferry/store";
import { reaches } from "../caller.ts";
import { may } from "../policy.ts";
import type { RouteDefinition } from "../route.ts";
import { ferryMigrationView } from "../views/ferry-migration.ts";

/** GET /ferry/v1/migrations/{uuid or number}. */
export function ferryMigrationRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "showMigration",
      access: "rule",
      rule: "ferry:migrations:show",
      handle: async ({ params, caller }) => {
        const id = params.migration_id ?? "";
        const key = keyOf(id);
        const row = key === null ? null : await store.migrationLists.record(key);
        if (row === null || !reaches(caller, row.server.projectId)) throw fail("MIGRATION_UNKNOWN", { id });
        return { body: { migration: ferryMigrationView(row, { details: may(caller, "ferry:migrations:show:details") }) } };
      },
    },
  ];
}

/** Null when the text is neither a uuid nor a number that the record could hold. */
function keyOf(id: string): { id: string } | { number: number } | null {
  if (isUuid(id)) return { id };
  return /^\d{1,9}$/.test(id) ? { number: Number(id) } : null;
}
