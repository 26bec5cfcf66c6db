import { contractDocument } from "@ferry/contract";
import type { Store } from "@ferry/store";
import type { RouteDefinition } from "../route.ts";

/** /healthz and /openapi.json. */
export function serviceDocumentRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "health",
      access: "open",
      handle: async ({ request }) => {
        try {
          await store.events.lastId();
          return { body: { status: "ok", database: "ok" } };
        } catch (error) {
          request.log.error({ err: error }, "the database does not answer");
          return { status: 503, body: { status: "failing", database: "failing" } };
        }
      },
    },
    { operation: "openapi", access: "open", handle: () => ({ body: contractDocument }) },
  ];
}
