import { fail } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { RouteDefinition } from "../route.ts";
import { checkedTag } from "../services/server-tags.ts";

/** /servers/{id}/tags and /servers/{id}/tags/{tag}. */
export function serverTagRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listServerTags",
      access: "server",
      rule: "os_compute_api:os-server-tags:index",
      handle: ({ server }) => ({ body: { tags: server.tags } }),
    },
    {
      operation: "replaceServerTags",
      access: "server",
      rule: "os_compute_api:os-server-tags:update_all",
      handle: async ({ server, body }) => {
        const { tags } = body as { tags: readonly string[] };
        return { body: { tags: await store.serverDetails.replaceTags(server.id, tags) } };
      },
    },
    {
      operation: "deleteServerTags",
      access: "server",
      rule: "os_compute_api:os-server-tags:delete_all",
      handle: async ({ server }) => {
        await store.serverDetails.replaceTags(server.id, [], "delete tags");
        return { status: 204 };
      },
    },
    {
      operation: "checkServerTag",
      access: "server",
      rule: "os_compute_api:os-server-tags:show",
      handle: ({ server, params: { tag = "" } }) => {
        if (!server.tags.includes(tag)) throw fail("TAG_NOT_FOUND", { id: server.id, tag });
        return { status: 204 };
      },
    },
    {
      operation: "addServerTag",
      access: "server",
      rule: "os_compute_api:os-server-tags:update",
      handle: async ({ server, params, base }) => {
        const tag = checkedTag(params.tag ?? "");
        const isNew = await store.serverDetails.addTag(server.id, tag);
        if (!isNew) return { status: 204 };
        return { status: 201, headers: { Location: `${base}/v2.1/servers/${server.id}/tags/${encodeURIComponent(tag)}` } };
      },
    },
    {
      operation: "deleteServerTag",
      access: "server",
      rule: "os_compute_api:os-server-tags:delete",
      handle: async ({ server, params: { tag = "" } }) => {
        await store.serverDetails.removeTag(server.id, tag);
        return { status: 204 };
      },
    },
  ];
}
