import type { MigrationFilter, Store } from "@ferry/store";
import type { Caller } from "../caller.ts";
import { may } from "../policy.ts";
import type { Input, RouteDefinition } from "../route.ts";
import { changes, isFull, limitOf, maximumItems, text } from "../services/paging.ts";
import { nextLink } from "../urls.ts";
import { migrationView } from "../views/migration.ts";

/** GET /os-migrations. */
export function migrationRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listMigrations",
      access: "rule",
      rule: "os_compute_api:os-migrations:index",
      handle: async (input) => {
        const { minor, base, path, query, caller } = input;
        const limit = minor < 59 ? maximumItems : limitOf(query);
        const rows = await page(store, input, limit);
        const options = { minor, base, showHosts: may(caller, "os_compute_api:os-migrations:index:host") };
        const last = rows.at(-1);
        const links =
          minor >= 59 && last !== undefined && isFull(rows.length, limit)
            ? { migrations_links: [nextLink(base, path, query, last.id)] }
            : {};
        return { body: { migrations: rows.map((row) => migrationView(row, options)), ...links } };
      },
    },
  ];
}

async function page(store: Store, { query, minor, caller }: Input & { readonly caller: Caller }, limit: number) {
  if (limit === 0) return [];
  const marker = text(query, "marker");
  const order = minor < 59 ? "number" : "newest";
  return await store.migrationLists.page(filterOf(query, caller), { limit, order, ...(marker === undefined ? {} : { marker }) });
}

/** A project manager is confined to the own project and may not filter by hosts. */
function filterOf(query: Input["query"], caller: Caller): MigrationFilter {
  const all = may(caller, "os_compute_api:os-migrations:index:all_projects");
  const byHost = may(caller, "os_compute_api:os-migrations:index:host");
  const given = {
    status: text(query, "status"),
    migrationType: text(query, "migration_type"),
    serverId: text(query, "instance_uuid"),
    host: byHost ? text(query, "host") : undefined,
    sourceHost: byHost ? text(query, "source_compute") : undefined,
    userId: text(query, "user_id"),
    projectId: all ? text(query, "project_id") : (caller.projectId ?? ""),
  };
  return { ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)), ...changes(query) };
}
