import { fail } from "@ferry/core";
import type { HypervisorRow, Store } from "@ferry/store";
import type { Rule } from "../policy.ts";
import type { RouteDefinition } from "../route.ts";
import { maximumItems, text } from "../services/paging.ts";
import { computeHosts, computeHostView } from "../views/compute-host.ts";

/** /os-hosts, which Nova had until 2.42. */
export function computeHostRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listComputeHosts",
      access: "rule",
      rule: "os_compute_api:os-hosts:list",
      handle: async ({ query }) => {
        const zone = text(query, "zone") ?? "";
        const [hosts, own] = await Promise.all([store.hypervisors.page({}, { limit: maximumItems }), store.ownServices.list()]);
        return { body: { hosts: computeHosts(hosts, own).filter((entry) => zone === "" || entry.zone === zone) } };
      },
    },
    {
      operation: "showComputeHost",
      access: "rule",
      rule: "os_compute_api:os-hosts:show",
      handle: async ({ params }) => {
        const host = await named(store, params.compute_host ?? "");
        return { body: { host: computeHostView(host, await store.usage.ofHost(host.id)) } };
      },
    },
    declined(store, "updateComputeHost", "os_compute_api:os-hosts:update"),
    declined(store, "startupComputeHost", "os_compute_api:os-hosts:start"),
    declined(store, "shutdownComputeHost", "os_compute_api:os-hosts:shutdown"),
    declined(store, "rebootComputeHost", "os_compute_api:os-hosts:reboot"),
  ];
}

type Declined = "updateComputeHost" | "startupComputeHost" | "shutdownComputeHost" | "rebootComputeHost";

/** As a Nova with libvirt: it switches no machines. */
const declined = (store: Store, operation: Declined, rule: Rule): RouteDefinition => ({
  operation,
  access: "rule",
  rule,
  handle: async ({ params }) => {
    await named(store, params.compute_host ?? "");
    throw fail("HOST_POWER_UNSUPPORTED");
  },
});

async function named(store: Store, name: string): Promise<HypervisorRow> {
  const [host] = await store.hypervisors.page({ name }, { limit: 1 });
  if (host === undefined) throw fail("COMPUTE_HOST_UNKNOWN", { host: name });
  return host;
}
