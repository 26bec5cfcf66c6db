import type { Store } from "@ferry/store";
import type { RouteDefinition } from "../route.ts";
import { securityGroupView } from "../views/security-group.ts";

/** GET /servers/{id}/os-security-groups and ferry's own GET /ferry/v1/servers/{id}/firewall. */
export const serverFirewallRoutes = (store: Store): readonly RouteDefinition[] => [
  {
    operation: "listServerSecurityGroups",
    access: "server",
    rule: "os_compute_api:os-security-groups:list",
    handle: async ({ server }) => ({
      body: { security_groups: (await store.securityGroups.ofServer(server.id)).map(securityGroupView) },
    }),
  },
  {
    operation: "showServerFirewall",
    access: "server",
    rule: "ferry:firewall:show",
    handle: async ({ server }) => {
      const state = await store.serverFirewalls.state(server.id);
      return { body: { firewall: { guarded: state !== null, ...(state ?? { pending: false, problem: null }) } } };
    },
  },
];
