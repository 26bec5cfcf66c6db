import type { Store } from "@ferry/store";
import type { RouteDefinition } from "../route.ts";
import { type FenceBody, fenceHost } from "../services/fence-host.ts";
import { hostByAnyKey } from "../services/host-lookup.ts";
import type { Inquirer } from "../services/inquire.ts";
import { fenceDocument } from "../views/fence.ts";

/** /ferry/v1/hosts/{id}/fence: that a host is dead. */
export function fenceRoutes(store: Store, inquirer: Inquirer): readonly RouteDefinition[] {
  return [
    {
      operation: "fenceHost",
      access: "rule",
      rule: "ferry:hosts:fence",
      handle: async ({ params, body, caller }) => {
        const fence = await fenceHost(store, inquirer, params.host_id ?? "", body as FenceBody, caller);
        return { status: 201, body: fenceDocument(await hostByAnyKey(store, params.host_id ?? ""), fence) };
      },
    },
    {
      operation: "showFence",
      access: "rule",
      rule: "ferry:hosts:show",
      handle: async ({ params }) => {
        const host = await hostByAnyKey(store, params.host_id ?? "");
        return { body: fenceDocument(host, await store.fencing.find(host.id)) };
      },
    },
  ];
}
