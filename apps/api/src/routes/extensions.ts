import { fail } from "@ferry/core";
import type { RouteDefinition } from "../route.ts";
import { extensionOf, extensionViews } from "../views/extension.ts";

/** /extensions, and calls that Nova has retired. */
export const extensionRoutes: readonly RouteDefinition[] = [
  {
    operation: "listExtensions",
    access: "rule",
    rule: "os_compute_api:extensions",
    handle: () => ({ body: { extensions: extensionViews() } }),
  },
  {
    operation: "showExtension",
    access: "rule",
    rule: "os_compute_api:extensions",
    handle: ({ params }) => {
      const extension = extensionOf(params.alias ?? "");
      if (extension === null) throw fail("RESOURCE_NOT_FOUND");
      return { body: { extension } };
    },
  },
  ...(["listAgents", "createAgent", "updateAgent", "deleteAgent", "listCells", "listFpings"] as const).map(
    (operation): RouteDefinition => ({
      operation,
      access: "rule",
      rule: "ferry:retired",
      handle: () => {
        throw fail("RESOURCE_RETIRED");
      },
    }),
  ),
];
