import type { Transport } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { EventFeed } from "../services/event-feed.ts";
import { liveMigrate, type MigrateLiveBody } from "../services/live-migrate.ts";
import type { ServerActions } from "./server-action.ts";

export const liveMigrationActions = (store: Store, feed: EventFeed): ServerActions => ({
  "os-migrateLive": {
    rule: "os_compute_api:os-migrate-server:migrate_live",
    handle: async ({ server, value, minor, request, requestId, caller, base }) => {
      const transport = (request.headers["x-ferry-transport"] ?? "auto") as Transport | "auto";
      const id = await liveMigrate(store, feed, { server, body: value as MigrateLiveBody, minor, transport, requestId, caller });
      return { status: 202, headers: { Location: `${base}/ferry/v1/migrations/${id}` } };
    },
  },
});
