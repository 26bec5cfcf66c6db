import type { Store } from "@ferry/store";
import type { RouteDefinition } from "../route.ts";
import { maximumItems, text } from "../services/paging.ts";
import { computeService, ownServices } from "../views/service.ts";

/** GET /os-services. */
export function serviceRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listServices",
      access: "rule",
      rule: "os_compute_api:os-services:list",
      handle: async ({ query, minor }) => {
        const now = new Date();
        const [host, binary] = [text(query, "host"), text(query, "binary")];
        const hosts = await store.hypervisors.page(host === undefined ? {} : { name: host }, { limit: maximumItems });
        const services = [...ownServices(minor, now), ...hosts.map((row) => computeService(row, minor, now))];
        const matches = (service: Record<string, unknown>): boolean =>
          (host === undefined || service.host === host) && (binary === undefined || service.binary === binary);
        return { body: { services: services.filter(matches) } };
      },
    },
  ];
}
