import { fail } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { Caller } from "../caller.ts";
import { may } from "../policy.ts";
import type { Input, RouteDefinition } from "../route.ts";
import { abortMigration } from "../services/abort-migration.ts";
import { isInProgress, serverMigrationView } from "../views/migration.ts";

/** GET /servers/{id}/migrations, GET and DELETE /servers/{id}/migrations/{number}. */
export function serverMigrationRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listServerMigrations",
      access: "server",
      rule: "os_compute_api:servers:migrations:index",
      handle: async (input) => {
        const rows = await store.migrationLists.page({ serverId: input.server.id, inProgress: true }, { limit: 1000, order: "number" });
        return { body: { migrations: rows.map((row) => serverMigrationView(row, viewOptions(input))) } };
      },
    },
    {
      operation: "showServerMigration",
      access: "server",
      rule: "os_compute_api:servers:migrations:show",
      handle: async (input) => {
        const row = await migrationOf(store, input.server.id, input.params.migration_id ?? "");
        if (!isInProgress(row)) throw fail("MIGRATION_NOT_IN_PROGRESS", { id: row.number, server: input.server.id });
        return { body: { migration: serverMigrationView(row, viewOptions(input)) } };
      },
    },
    {
      operation: "abortServerMigration",
      access: "server",
      rule: "os_compute_api:servers:migrations:delete",
      handle: async ({ server, params, minor, caller, requestId }) => {
        const row = await migrationOf(store, server.id, params.migration_id ?? "");
        await abortMigration(store, { server, migration: row, minor, caller, requestId });
        return { status: 202 };
      },
    },
  ];
}

function viewOptions({ minor, base, caller }: Input & { readonly caller: Caller }) {
  return { minor, base, showHosts: may(caller, "os_compute_api:servers:migrations:index:host") };
}

/** Numbers beyond PostgreSQL's integer cannot exist and must not reach it. */
const largestNumber = 2_147_483_647;

async function migrationOf(store: Store, serverId: string, id: string) {
  const number = /^\d{1,10}$/.test(id) ? Number(id) : Number.POSITIVE_INFINITY;
  const [row] = number > largestNumber ? [] : await store.migrationLists.page({ serverId, number }, { limit: 1, order: "number" });
  if (row === undefined) throw fail("MIGRATION_NOT_FOUND", { id, server: serverId });
  return row;
}
