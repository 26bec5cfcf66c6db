import { fail, isUuid } from "@ferry/core";
import type { Store, UsagePeriod, UsedServer } from "@ferry/store";
import { isAdmin } from "../caller.ts";
import type { Query } from "../request-check.ts";
import type { Input, RouteDefinition } from "../route.ts";
import { isFull, limitOf, maximumItems, text } from "../services/paging.ts";
import { readTime } from "../times.ts";
import { type Link, nextLink } from "../urls.ts";
import { tenantUsageView } from "../views/tenant-usage.ts";

/** /os-simple-tenant-usage: hours of servers, from when they were launched until they were deleted. */
export const tenantUsageRoutes = (store: Store): readonly RouteDefinition[] => [
  {
    operation: "listTenantUsages",
    access: "rule",
    rule: "os_compute_api:os-simple-tenant-usage:list",
    handle: async (input) => {
      const period = periodOf(input.query, null);
      const { servers, next } = await page(store, input, period);
      const detailed = text(input.query, "detailed") === "1";
      const byProject = Object.values(Object.groupBy(servers, ({ projectId }) => projectId));
      const usages = byProject.map((ofOne = []) => tenantUsageView(ofOne, period, detailed, new Date()));
      return { body: { tenant_usages: usages, ...(next === null ? {} : { tenant_usages_links: [next] }) } };
    },
  },
  {
    operation: "showTenantUsage",
    access: "rule",
    rule: "os_compute_api:os-simple-tenant-usage:show",
    handle: async (input) => {
      const project = input.params.project_id ?? "";
      if (project !== input.caller.projectId && !isAdmin(input.caller))
        throw fail("POLICY_FORBIDS", { rule: "os_compute_api:os-simple-tenant-usage:show" });
      const period = periodOf(input.query, project);
      const { servers, next } = await page(store, input, period);
      const usage = servers.length === 0 ? {} : tenantUsageView(servers, period, true, new Date());
      return { body: { tenant_usage: usage, ...(next === null ? {} : { tenant_usage_links: [next] }) } };
    },
  },
];

/** From 2.40 on pages are of servers: a project may go on in the next one. */
async function page(
  store: Store,
  { query, minor, base, path }: Input,
  period: UsagePeriod,
): Promise<{ servers: readonly UsedServer[]; next: Link | null }> {
  const marker = minor >= 40 ? text(query, "marker") : undefined;
  if (marker !== undefined && !isUuid(marker)) throw fail("VALIDATION_FAILED", { sentence: `marker [${marker}] not found` });
  const limit = minor >= 40 ? limitOf(query) : Number.MAX_SAFE_INTEGER;
  const servers = limit === 0 ? [] : await store.usage.page(period, { limit, ...(marker === undefined ? {} : { marker }) });
  const last = servers.at(-1);
  const full = minor >= 40 && last !== undefined && isFull(servers.length, Math.min(limit, maximumItems));
  return { servers, next: full ? nextLink(base, path, query, last.id) : null };
}

/** Both ends are now when they are left out, as in Nova. Throws VALIDATION_FAILED. */
function periodOf(query: Query, projectId: string | null): UsagePeriod {
  const [start, end] = [time(query, "start"), time(query, "end")];
  if (start > end) throw fail("VALIDATION_FAILED", { sentence: "Invalid start time. The start time cannot occur after the end time." });
  return { start, end, projectId };
}

function time(query: Query, key: string): Date {
  const given = text(query, key);
  if (given === undefined) return new Date();
  const read = readTime(given);
  if (read === null) throw fail("VALIDATION_FAILED", { sentence: `Datetime is in invalid format: ${given}` });
  return read;
}
