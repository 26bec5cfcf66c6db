import type { Store } from "@ferry/store";
import type { RouteDefinition } from "../route.ts";
import { maximumItems } from "../services/paging.ts";
import { zoneDetailsView, zonesView } from "../views/zone.ts";

/** /os-availability-zone. */
export const zoneRoutes = (store: Store): readonly RouteDefinition[] => [
  {
    operation: "listZones",
    access: "rule",
    rule: "os_compute_api:os-availability-zone:list",
    handle: async () => ({ body: { availabilityZoneInfo: zonesView(await store.hypervisors.page({}, { limit: maximumItems })) } }),
  },
  {
    operation: "listZonesDetail",
    access: "rule",
    rule: "os_compute_api:os-availability-zone:detail",
    handle: async () => {
      const [hosts, own] = await Promise.all([store.hypervisors.page({}, { limit: maximumItems }), store.ownServices.list()]);
      return { body: { availabilityZoneInfo: zoneDetailsView(hosts, own, new Date()) } };
    },
  },
];
