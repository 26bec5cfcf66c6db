import type { Store } from "@ferry/store";
import type { Caller } from "../caller.ts";
import { may } from "../policy.ts";
import type { Input, RouteDefinition } from "../route.ts";
import { actOnServer } from "../services/act-on-server.ts";
import { isTrue } from "../services/loose-boolean.ts";
import type { CreationBody } from "../services/new-server/body.ts";
import { createServers } from "../services/new-server/create-server.ts";
import { isFull } from "../services/paging.ts";
import { readServerQuery } from "../services/server-query.ts";
import { columnsOf, type ServerUpdateBody } from "../services/update-server.ts";
import { type Link, nextLink, resourceLinks } from "../urls.ts";
import { serverSummary, serverView, updatedServerView } from "../views/server.ts";

/** GET /servers, /servers/detail; POST /servers; GET, PUT and DELETE /servers/{id}. */
export function serverRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listServers",
      access: "rule",
      rule: "os_compute_api:servers:index",
      handle: async (input) => {
        const { rows, links } = await list(store, input, "os_compute_api:servers:index");
        return { body: { servers: rows.map((row) => serverSummary(row, input.base)), ...links } };
      },
    },
    {
      operation: "listServersDetail",
      access: "rule",
      rule: "os_compute_api:servers:detail",
      handle: async (input) => {
        const { rows, links } = await list(store, input, "os_compute_api:servers:detail");
        return { body: { servers: rows.map((row) => serverView(row, viewOptions(input, false))), ...links } };
      },
    },
    {
      operation: "createServer",
      access: "rule",
      rule: "os_compute_api:servers:create",
      handle: async (input) => {
        const body = input.body as CreationBody;
        const { id, reservationId, adminPass, groupNames } = await createServers(store, body, input);
        if (isTrue(body.server.return_reservation_id ?? false)) return { status: 202, body: { reservation_id: reservationId } };
        const created = { id, links: resourceLinks(input.base, `/servers/${id}`), adminPass };
        const groups = groupNames.map((name) => ({ name }));
        const shown = { "OS-DCF:diskConfig": body.server["OS-DCF:diskConfig"] ?? "MANUAL", security_groups: groups };
        return { status: 202, headers: { Location: `${input.base}/v2.1/servers/${id}` }, body: { server: { ...created, ...shown } } };
      },
    },
    {
      operation: "showServer",
      access: "server",
      rule: "os_compute_api:servers:show",
      handle: (input) => ({ body: { server: serverView(input.server, viewOptions(input, true)) } }),
    },
    {
      operation: "updateServer",
      access: "server",
      rule: "os_compute_api:servers:update",
      handle: async (input) => {
        const { server: asked } = input.body as { server: ServerUpdateBody };
        await store.serverDetails.update(input.server.id, columnsOf(asked));
        const server = (await store.serverLists.find(input.server.id)) ?? input.server;
        return { body: { server: updatedServerView(server, viewOptions(input, true)) } };
      },
    },
    {
      operation: "deleteServer",
      access: "server",
      rule: "os_compute_api:servers:delete",
      handle: async (input) => {
        await actOnServer(store, "delete", input);
        return { status: 204 };
      },
    },
  ];
}

type Asking = Input & { readonly caller: Caller };

function viewOptions({ minor, base, caller }: Asking, single: boolean) {
  return { minor, base, single, extended: may(caller, "os_compute_api:os-extended-server-attributes"), now: new Date() };
}

async function list(store: Store, input: Asking, rule: "os_compute_api:servers:index" | "os_compute_api:servers:detail") {
  const { filter, ...page } = readServerQuery({ ...input, rule });
  const rows = page.limit === 0 ? [] : await store.serverLists.page(filter, page);
  const last = rows.at(-1);
  const links: { servers_links?: Link[] } =
    last !== undefined && isFull(rows.length, page.limit)
      ? { servers_links: [nextLink(input.base, input.path, input.query, last.id)] }
      : {};
  return { rows, links };
}
