import { randomUUID } from "node:crypto";
import { fail } from "@ferry/core";
import type { Store, StoredFlavor } from "@ferry/store";
import { type Caller, isAdmin } from "../caller.ts";
import type { Input, RouteDefinition } from "../route.ts";
import { readFlavorFilter } from "../services/flavor-query.ts";
import { isTrue } from "../services/loose-boolean.ts";
import { isFull, limitOf, text } from "../services/paging.ts";
import { type Link, nextLink } from "../urls.ts";
import { flavorResource, flavorSummary } from "../views/flavor-resource.ts";

/** GET /flavors, /flavors/detail, /flavors/{id} and its extra specs; POST /flavors, DELETE /flavors/{id}. */
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
      handle: async (input) => ({ body: { flavor: flavorResource(await reachable(store, input), input.minor, input.base) } }),
    },
    {
      operation: "listFlavorExtraSpecs",
      access: "rule",
      rule: "os_compute_api:os-flavor-extra-specs:index",
      handle: async (input) => ({ body: { extra_specs: (await reachable(store, input)).extraSpecs } }),
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

interface FlavorBody {
  readonly name: string;
  readonly id?: string | number | null;
  readonly ram: string | number;
  readonly vcpus: string | number;
  readonly disk: string | number;
  readonly "os-flavor-access:is_public"?: string | boolean;
  readonly description?: string | null;
}

/** Numbers may come as text, which the contract has checked for digits only. */
function newFlavor(body: FlavorBody): StoredFlavor {
  const { id } = body;
  return {
    id: id === undefined || id === null || id === "auto" ? randomUUID() : String(id),
    name: body.name,
    memoryMiB: sizeOf("ram", body.ram, 1),
    vcpus: sizeOf("vcpus", body.vcpus, 1),
    rootGiB: sizeOf("disk", body.disk, 0),
    isPublic: isTrue(body["os-flavor-access:is_public"] ?? true),
    description: body.description ?? null,
    extraSpecs: {},
  };
}

const largest = 2_147_483_647;

function sizeOf(name: string, value: string | number, least: number): number {
  const size = Number(value);
  if (size >= least && size <= largest) return size;
  throw fail("VALIDATION_FAILED", {
    sentence: `Invalid input for field/attribute ${name}. Value: ${value}. It must be from ${least} to ${largest}`,
  });
}

type Asking = Input & { readonly caller: Caller };

/** The flavor of the path. One that is not public does not exist for those who are not administrators. */
async function reachable(store: Store, { params, caller }: Asking): Promise<StoredFlavor> {
  const id = params.flavor_id ?? "";
  const flavor = await store.flavors.find(id);
  if (flavor === null || !(flavor.isPublic || isAdmin(caller))) throw fail("FLAVOR_NOT_FOUND", { id });
  return flavor;
}

async function list(store: Store, { query, caller, base, path }: Asking): Promise<{ rows: StoredFlavor[]; links: object }> {
  const limit = limitOf(query);
  const marker = text(query, "marker");
  const page = { limit, ...(marker === undefined ? {} : { marker }) };
  const rows = limit === 0 ? [] : await store.flavors.page(readFlavorFilter(query, caller), page);
  const last = rows.at(-1);
  const links: { flavors_links?: Link[] } =
    last !== undefined && text(query, "limit") !== undefined && isFull(rows.length, limit)
      ? { flavors_links: [nextLink(base, path, query, last.id)] }
      : {};
  return { rows, links };
}
