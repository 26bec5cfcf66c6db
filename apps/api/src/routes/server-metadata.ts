import type { Store } from "@ferry/store";
import type { RouteDefinition } from "../route.ts";
import { refuseLocked } from "../services/refuse-locked.ts";
import { type Metadata, metadataItem, valueFor } from "../services/server-metadata.ts";

/** /servers/{id}/metadata and /servers/{id}/metadata/{key}. */
export function serverMetadataRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listServerMetadata",
      access: "server",
      rule: "os_compute_api:server-metadata:index",
      handle: ({ server }) => ({ body: { metadata: server.metadata } }),
    },
    {
      operation: "updateServerMetadata",
      access: "server",
      rule: "os_compute_api:server-metadata:create",
      handle: async ({ server, caller, body }) => {
        refuseLocked(server, caller);
        const { metadata } = body as { metadata: Metadata };
        return { body: { metadata: await store.serverDetails.mergeMetadata(server.id, metadata) } };
      },
    },
    {
      operation: "replaceServerMetadata",
      access: "server",
      rule: "os_compute_api:server-metadata:update_all",
      handle: async ({ server, caller, body }) => {
        refuseLocked(server, caller);
        const { metadata } = body as { metadata: Metadata };
        return { body: { metadata: await store.serverDetails.replaceMetadata(server.id, metadata) } };
      },
    },
    {
      operation: "showServerMetadataItem",
      access: "server",
      rule: "os_compute_api:server-metadata:show",
      handle: ({ server, params: { key = "" } }) => ({ body: { meta: { [key]: metadataItem(server, key) } } }),
    },
    {
      operation: "updateServerMetadataItem",
      access: "server",
      rule: "os_compute_api:server-metadata:update",
      handle: async ({ server, caller, params: { key = "" }, body }) => {
        refuseLocked(server, caller);
        const meta = { [key]: valueFor(key, (body as { meta: Metadata }).meta) };
        await store.serverDetails.mergeMetadata(server.id, meta);
        return { body: { meta } };
      },
    },
    {
      operation: "deleteServerMetadataItem",
      access: "server",
      rule: "os_compute_api:server-metadata:delete",
      handle: async ({ server, caller, params: { key = "" } }) => {
        metadataItem(server, key);
        refuseLocked(server, caller);
        await store.serverDetails.removeMetadata(server.id, key);
        return { status: 204 };
      },
    },
  ];
}
