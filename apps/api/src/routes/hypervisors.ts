import { fail, isUuid } from "@ferry/core";
import type { HypervisorRow, Store } from "@ferry/store";
import type { Input, RouteDefinition } from "../route.ts";
import { flag, isFull, limitOf, maximumItems, text } from "../services/paging.ts";
import { nextLink } from "../urls.ts";
import { type HypervisorViewOptions, hypervisorSummary, hypervisorView, idOf } from "../views/hypervisor.ts";

/** GET /os-hypervisors, /os-hypervisors/detail, /os-hypervisors/{id}. */
export function hypervisorRoutes(store: Store): readonly RouteDefinition[] {
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
