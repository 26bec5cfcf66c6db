import { fail } from "@ferry/core";
import type { Store, StoredAggregate } from "@ferry/store";
import { enforce } from "../policy.ts";
import type { RouteDefinition } from "../route.ts";
import { hostByName } from "../services/host-lookup.ts";
import { aggregateView, newAggregateView } from "../views/aggregate.ts";

/** /os-aggregates. */
export function aggregateRoutes(store: Store): readonly RouteDefinition[] {
  return [...readRoutes(store), ...writeRoutes(store)];
}

function readRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listAggregates",
      access: "rule",
      rule: "os_compute_api:os-aggregates:index",
      handle: async ({ minor }) => ({
        body: { aggregates: (await store.aggregates.list()).map((aggregate) => aggregateView(aggregate, minor)) },
      }),
    },
    {
      operation: "showAggregate",
      access: "rule",
      rule: "os_compute_api:os-aggregates:show",
      handle: async ({ params, minor }) => {
        const id = numberOf(params.aggregate_id);
        const aggregate = await store.aggregates.find(id);
        if (aggregate === null) throw fail("AGGREGATE_NOT_FOUND", { id });
        return { body: { aggregate: aggregateView(aggregate, minor) } };
      },
    },
  ];
}

function writeRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "createAggregate",
      access: "rule",
      rule: "os_compute_api:os-aggregates:create",
      handle: async ({ body, minor }) => {
        const { name, availability_zone: zone } = (body as { aggregate: { name: string; availability_zone?: string | null } }).aggregate;
        return { body: { aggregate: newAggregateView(await store.aggregates.add(name, zone ?? null), minor) } };
      },
    },
    {
      operation: "updateAggregate",
      access: "rule",
      rule: "os_compute_api:os-aggregates:update",
      handle: async ({ params, body, minor }) => {
        const { name, availability_zone: zone } = (body as { aggregate: { name?: string; availability_zone?: string | null } }).aggregate;
        const change = { ...(name === undefined ? {} : { name }), ...(zone === undefined ? {} : { availabilityZone: zone }) };
        return { body: { aggregate: aggregateView(await store.aggregates.change(numberOf(params.aggregate_id), change), minor) } };
      },
    },
    {
      operation: "deleteAggregate",
      access: "rule",
      rule: "os_compute_api:os-aggregates:delete",
      handle: async ({ params }) => {
        await store.aggregates.remove(numberOf(params.aggregate_id));
        return { status: 200 };
      },
    },
    {
      operation: "aggregateAction",
      access: "rule",
      rule: "os_compute_api:os-aggregates:index",
      handle: async ({ params, body, minor, caller }) => {
        const [action] = Object.keys(body as AggregateAction) as (keyof AggregateAction)[];
        enforce(caller, `os_compute_api:os-aggregates:${action ?? "set_metadata"}`);
        const aggregate = await act(store, numberOf(params.aggregate_id), body as AggregateAction);
        return { body: { aggregate: aggregateView(aggregate, minor) } };
      },
    },
  ];
}

/** One of the three, as the contract has checked. */
interface AggregateAction {
  readonly add_host?: { readonly host: string };
  readonly remove_host?: { readonly host: string };
  readonly set_metadata?: { readonly metadata: Readonly<Record<string, string | null>> };
}

async function act(
  store: Store,
  id: number,
  { add_host: add, remove_host: remove, set_metadata: set }: AggregateAction,
): Promise<StoredAggregate> {
  if (remove !== undefined) return await store.aggregates.removeHost(id, remove.host);
  if (add === undefined) return await store.aggregates.setMetadata(id, set?.metadata ?? {});
  const host = await hostByName(store, add.host);
  if (host === null) throw fail("COMPUTE_HOST_UNKNOWN", { host: add.host });
  return await store.aggregates.addHost(id, host);
}

/** Throws AGGREGATE_NOT_FOUND for what is no number: clients ask by name first, and then look into the list. */
function numberOf(id = ""): number {
  if (!/^\d{1,9}$/.test(id)) throw fail("AGGREGATE_NOT_FOUND", { id });
  return Number(id);
}
