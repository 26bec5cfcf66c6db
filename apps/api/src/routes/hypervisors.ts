import { fail, isUuid } from "@ferry/core";
import type { HypervisorRow, Store } from "@ferry/store";
import type { Input, RouteDefinition } from "../route.ts";
import { flag, isFull, limitOf, maximumItems, text } from "../services/paging.ts";
import { nextLink } from "../urls.ts";
import { isUp } from "../views/host-status.ts";
import { type HypervisorViewOptions, hypervisorSummary, hypervisorView, idOf, statisticsView, uptimeView } from "../views/hypervisor.ts";
import { uptimeOf } from "../views/uptime.ts";

/** GET /os-hypervisors, /os-hypervisors/detail, /os-hypervisors/{id}, and what Nova has around them. */
export function hypervisorRoutes(store: Store): readonly RouteDefinition[] {
  return [...listRoutes(store), ...formerRoutes(store)];
}

/** What is gone at some microversion. */
function formerRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "showHypervisorStatistics",
      access: "rule",
      rule: "os_compute_api:os-hypervisors:statistics",
      handle: async () => ({ body: { hypervisor_statistics: statisticsView(await store.hypervisors.page({}, { limit: maximumItems })) } }),
    },
    {
      operation: "showHypervisorUptime",
      access: "rule",
      rule: "os_compute_api:os-hypervisors:uptime",
      handle: async (input) => {
        const host = await find(store, input.params.hypervisor_id ?? "", input.minor);
        const options = viewOptions(input);
        if (!isUp(host, options.now)) throw fail("COMPUTE_SERVICE_DOWN", { host: host.name });
        const uptime = uptimeOf(host, options.now);
        if (uptime === null) throw fail("UPTIME_UNKNOWN", { host: host.name });
        return { body: { hypervisor: uptimeView(host, uptime, options) } };
      },
    },
    {
      operation: "searchHypervisors",
      access: "rule",
      rule: "os_compute_api:os-hypervisors:search",
      handle: async (input) => ({ body: await matching(store, input, false) }),
    },
    {
      operation: "listHypervisorServers",
      access: "rule",
      rule: "os_compute_api:os-hypervisors:servers",
      handle: async (input) => ({ body: await matching(store, input, true) }),
    },
  ];
}

/** Hosts whose hostname has the text of the path in it. */
async function matching(store: Store, input: Input, withServers: boolean): Promise<object> {
  const pattern = input.params.hypervisor_id ?? "";
  const rows = await store.hypervisors.page({ hostnamePart: pattern }, { limit: maximumItems });
  if (rows.length === 0) throw fail("HYPERVISOR_NOT_FOUND", { id: pattern });
  return { hypervisors: rows.map((host) => hypervisorSummary(host, { ...viewOptions(input), withServers })) };
}

function listRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listHypervisors",
      access: "rule",
      rule: "os_compute_api:os-hypervisors:list",
      handle: async (input) => ({ body: await list(store, input, hypervisorSummary) }),
    },
    {
      operation: "listHypervisorsDetail",
      access: "rule",
      rule: "os_compute_api:os-hypervisors:list-detail",
      handle: async (input) => ({ body: await list(store, input, hypervisorView) }),
    },
    {
      operation: "showHypervisor",
      access: "rule",
      rule: "os_compute_api:os-hypervisors:show",
      handle: async (input) => {
        const host = await find(store, input.params.hypervisor_id ?? "", input.minor);
        return { body: { hypervisor: hypervisorView(host, viewOptions(input)) } };
      },
    },
  ];
}

const viewOptions = ({ query, minor }: Input): HypervisorViewOptions => ({
  minor,
  withServers: flag(query, "with_servers") ?? false,
  now: new Date(),
});

async function list(store: Store, input: Input, view: (host: HypervisorRow, options: HypervisorViewOptions) => object) {
  const { query, minor, base, path } = input;
  const pattern = text(query, "hypervisor_hostname_pattern");
  const paged = query.limit !== undefined || query.marker !== undefined;
  if (pattern !== undefined && paged)
    throw fail("VALIDATION_FAILED", {
      sentence: "Paging over hypervisors with the hypervisor_hostname_pattern query parameter is not supported.",
    });
  const limit = minor < 33 ? maximumItems : limitOf(query);
  const after = await markerNumber(store, text(query, "marker"), minor);
  const filter = pattern === undefined ? {} : { hostnamePart: pattern };
  const rows = limit === 0 ? [] : await store.hypervisors.page(filter, { limit, ...(after === undefined ? {} : { afterNumber: after }) });
  if (pattern !== undefined && rows.length === 0) throw fail("HYPERVISOR_NOT_FOUND", { id: pattern });
  const last = rows.at(-1);
  const next =
    minor >= 33 && last !== undefined && isFull(rows.length, limit) ? nextLink(base, path, query, String(idOf(last, minor))) : null;
  return {
    hypervisors: rows.map((host) => view(host, viewOptions(input))),
    ...(next === null ? {} : { hypervisors_links: [next] }),
  };
}

async function markerNumber(store: Store, marker: string | undefined, minor: number): Promise<number | undefined> {
  if (marker === undefined) return undefined;
  const host = await byId(store, marker, minor);
  if (host === undefined) throw fail("VALIDATION_FAILED", { sentence: `marker [${marker}] not found` });
  return host.number;
}

/** An id that is no uuid is an error from 2.53 on; below it, anything but a number is merely not found. */
async function find(store: Store, id: string, minor: number): Promise<HypervisorRow> {
  if (minor >= 53 && !isUuid(id)) throw fail("VALIDATION_FAILED", { sentence: `Invalid uuid ${id}` });
  const host = await byId(store, id, minor);
  if (host === undefined) throw fail("HYPERVISOR_NOT_FOUND", { id });
  return host;
}

async function byId(store: Store, id: string, minor: number): Promise<HypervisorRow | undefined> {
  if (minor >= 53) return isUuid(id) ? (await store.hypervisors.page({ id }, { limit: 1 }))[0] : undefined;
  const number = /^\d{1,9}$/.test(id) ? Number(id) : null;
  return number === null ? undefined : (await store.hypervisors.page({ number }, { limit: 1 }))[0];
}
