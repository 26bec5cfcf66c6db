import { fail, type Transport } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { RouteDefinition } from "../route.ts";
import type { EventFeed } from "../services/event-feed.ts";
import { liveMigrate, type MigrateLiveBody } from "../services/live-migrate.ts";

const actions: readonly string[] = ["os-migrateLive"];

/** POST /servers/{id}/action. */
export function serverActionRoutes(store: Store, feed: EventFeed): readonly RouteDefinition[] {
  return [
    {
      operation: "serverAction",
      access: "server",
      rule: "os_compute_api:os-migrate-server:migrate_live",
      beforeSchema: refuseUnknownAction,
      handle: async ({ server, body, minor, request, requestId, caller, base }) => {
        const { "os-migrateLive": order } = body as { "os-migrateLive": MigrateLiveBody };
        const transport = (request.headers["x-ferry-transport"] ?? "auto") as Transport | "auto";
        const id = await liveMigrate(store, feed, { server, body: order, minor, transport, requestId, caller });
        return { status: 202, headers: { Location: `${base}/ferry/v1/migrations/${id}` } };
      },
    },
  ];
}

/** The body must be an object with one key, and that key an action that is served. */
function refuseUnknownAction(body: unknown): void {
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw fail("MALFORMED_BODY");
  const [action, ...more] = Object.keys(body);
  if (action === undefined || more.length > 0) throw fail("MALFORMED_BODY");
  if (!actions.includes(action)) throw fail("UNKNOWN_ACTION", { action: action.slice(0, 100) });
}
