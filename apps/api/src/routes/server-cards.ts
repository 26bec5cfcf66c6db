import { fail, type GuestInterface } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { RouteDefinition } from "../route.ts";
import { cardView, portId } from "../views/cards.ts";

const unpluggable = "Cards are in the guest's definition: change them there, on its host.";

/** /servers/{id}/os-interface. */
export function serverCardRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listServerInterfaces",
      access: "server",
      rule: "os_compute_api:os-attach-interfaces:list",
      handle: async ({ server, minor }) => {
        const cards = await store.serverDetails.cards(server.id);
        return { body: { interfaceAttachments: cards.map((card) => cardView(card, server, minor)) } };
      },
    },
    {
      operation: "showServerInterface",
      access: "server",
      rule: "os_compute_api:os-attach-interfaces:show",
      handle: async ({ server, params, minor }) => {
        const card = await cardOf(store, server.id, params.port_id ?? "");
        return { body: { interfaceAttachment: cardView(card, server, minor) } };
      },
    },
    {
      operation: "attachServerInterface",
      access: "server",
      rule: "os_compute_api:os-attach-interfaces:create",
      handle: () => {
        throw fail("FEATURE_NOT_SUPPORTED", { why: unpluggable });
      },
    },
    {
      operation: "detachServerInterface",
      access: "server",
      rule: "os_compute_api:os-attach-interfaces:delete",
      handle: async ({ server, params }) => {
        await cardOf(store, server.id, params.port_id ?? "");
        throw fail("FEATURE_NOT_SUPPORTED", { why: unpluggable });
      },
    },
  ];
}

async function cardOf(store: Store, server: string, port: string): Promise<GuestInterface> {
  const card = (await store.serverDetails.cards(server)).find((one) => portId(server, one) === port);
  if (card === undefined) throw fail("PORT_NOT_FOUND", { port, server });
  return card;
}
