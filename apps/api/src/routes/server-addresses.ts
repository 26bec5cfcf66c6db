import { fail } from "@ferry/core";
import type { RouteDefinition } from "../route.ts";
import { addressesView } from "../views/addresses.ts";

/** /servers/{id}/ips and /servers/{id}/ips/{network}. */
export const serverAddressRoutes: readonly RouteDefinition[] = [
  {
    operation: "listServerAddresses",
    access: "server",
    rule: "os_compute_api:ips:index",
    handle: ({ server }) => ({ body: { addresses: addressesView(server, "plain") } }),
  },
  {
    operation: "showServerAddresses",
    access: "server",
    rule: "os_compute_api:ips:show",
    handle: ({ server, params: { network_label: label = "" } }) => {
      const addresses = addressesView(server, "plain");
      if (!Object.hasOwn(addresses, label)) throw fail("NOT_IN_NETWORK");
      return { body: { [label]: addresses[label] } };
    },
  },
];
