import type { Store, StoredFlavor } from "@ferry/store";
import type { Caller } from "../caller.ts";
import type { Input, RouteDefinition } from "../route.ts";
import { usableFlavor } from "../services/flavor-lookup.ts";
import { readFlavorFilter, readFlavorSort } from "../services/flavor-query.ts";
import { type FlavorBody, newFlavor } from "../services/new-flavor.ts";
import { isFull, limitOf, text } from "../services/paging.ts";
import { type Link, nextLink } from "../urls.ts";
import { flavorResource, flavorSummary } from "../views/flavor-resource.ts";

/** GET and POST /flavors; GET /flavors/detail; GET, PUT and DELETE /flavors/{id}. */
export function flavorRoutes(store: Store): readonly RouteDefinition[] {
  return [...readRoutes(store), ...writeRoutes(store)];
}

function readRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listFlavors",
      access: "rule",
      rule: "os_compute_api:flavors:index",
      handle: async (input) => {
        const { rows, links } = await list(store, input);
        return { body: { flavors: rows.map((row) => flavorSummary(row, input.minor, input.base)), ...links } };
      },
    },
    {
      operation: "listFlavorsDetail",
      access: "rule",
      rule: "os_compute_api:flavors:index",
      handle: async (input) => {
        const { rows, links } = await list(store, input);
        return { body: { flavors: rows.map((row) => flavorResource(row, input.minor, input.base)), ...links } };
      },
    },
    {
      operation: "showFlavor",
      access: "rule",
      rule: "os_compute_api:flavors:show",
      handle: async ({ params, caller, minor, base }) => {
        const flavor = await usableFlavor(store, params.flavor_id ?? "", caller);
        return { body: { flavor: flavorResource(flavor, minor, base) } };
      },
    },
  ];
}

function writeRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "createFlavor",
      access: "rule",
      rule: "os_compute_api:os-flavor-manage:create",
      handle: async ({ body, minor, base }) => {
        const flavor = await store.flavors.add(newFlavor((body as { flavor: FlavorBody }).flavor));
        return { body: { flavor: flavorResource(flavor, minor, base) } };
      },
    },
    {
      operation: "updateFlavor",
      access: "rule",
      rule: "os_compute_api:os-flavor-manage:update",
      handle: async ({ params, body, minor, base }) => {
        const { description } = (body as { flavor: { description: string | null } }).flavor;
        const flavor = await store.flavors.describe(params.flavor_id ?? "", description);
        return { body: { flavor: flavorResource(flavor, minor, base) } };
      },
    },
    {
      operation: "deleteFlavor",
      access: "rule",
      rule: "os_compute_api:os-flavor-manage:delete",
      handle: async ({ params }) => {
        await store.flavors.remove(params.flavor_id ?? "");
        return { status: 202 };
      },
    },
  ];
}

async function list(
  store: Store,
  { query, caller, base, path }: Input & { readonly caller: Caller },
): Promise<{ rows: StoredFlavor[]; links: object }> {
  const limit = limitOf(query);
  const marker = text(query, "marker");
  const page = { limit, sort: readFlavorSort(query), ...(marker === undefined ? {} : { marker }) };
  const rows = limit === 0 ? [] : await store.flavors.page(readFlavorFilter(query, caller), page);
  const last = rows.at(-1);
  const links: { flavors_links?: Link[] } =
    last !== undefined && isFull(rows.length, limit) ? { flavors_links: [nextLink(base, path, query, last.id)] } : {};
  return { rows, links };
}
