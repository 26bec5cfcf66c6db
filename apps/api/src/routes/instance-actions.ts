import { fail } from "@ferry/core";
import type { Store } from "@ferry/store";
import { may } from "../policy.ts";
import type { Input, RouteDefinition } from "../route.ts";
import { changes, isFull, limitOf, maximumItems, text } from "../services/paging.ts";
import { nextLink } from "../urls.ts";
import { instanceActionDocument, instanceActionView } from "../views/instance-action.ts";

/** GET /servers/{id}/os-instance-actions, /servers/{id}/os-instance-actions/{request id}. */
export function instanceActionRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listInstanceActions",
      access: "server",
      rule: "os_compute_api:os-instance-actions:list",
      deletedToo: true,
      handle: async (input) => {
        const { server, query, minor, base, path } = input;
        const limit = minor < 58 ? maximumItems : limitOf(query);
        const rows = limit === 0 ? [] : await page(store, server.id, query, limit);
        const last = rows.at(-1);
        const links =
          minor >= 58 && last !== undefined && isFull(rows.length, limit) ? { links: [nextLink(base, path, query, last.requestId)] } : {};
        return { body: { instanceActions: rows.map((row) => instanceActionView(row, minor)), ...links } };
      },
    },
    {
      operation: "showInstanceAction",
      access: "server",
      rule: "os_compute_api:os-instance-actions:show",
      deletedToo: true,
      handle: async ({ server, params, minor, caller }) => {
        const requestId = params.request_id ?? "";
        const action = await store.instanceActions.find(server.id, requestId);
        if (action === null) throw fail("ACTION_NOT_FOUND", { requestId, id: server.id });
        const admin = may(caller, "os_compute_api:os-instance-actions:events");
        return { body: { instanceAction: instanceActionDocument(action, minor, { admin }) } };
      },
    },
  ];
}

async function page(store: Store, serverId: string, query: Input["query"], limit: number) {
  const marker = text(query, "marker");
  return await store.instanceActions.page({ serverId, ...changes(query) }, { limit, ...(marker === undefined ? {} : { marker }) });
}
