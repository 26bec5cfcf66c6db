import type { Transport } from "@ferry/core";
import type { Store } from "@ferry/store";
import { outcomeOfHeaders } from "../services/asked-outcome.ts";
import type { EventFeed } from "../services/event-feed.ts";
import { liveMigrate, type MigrateLiveBody } from "../services/live-migrate.ts";
import type { ServerActions } from "./server-action.ts";

export const liveMigrationActions = (store: Store, feed: EventFeed): ServerActions => ({
  "os-migrateLive": {
    rule: "os_compute_api:os-migrate-server:migrate_live",
    handle: async ({ server, value, minor, request, requestId, caller, base }) => {
      const transport = (request.headers["x-ferry-transport"] ?? "auto") as Transport | "auto";
      const outcome = outcomeOfHeaders(request.headers);
      const body = value as MigrateLiveBody;
      const { id, refusal } = await liveMigrate(store, feed, { server, body, minor, transport, outcome, requestId, caller });
      const headers = { Location: `${base}/ferry/v1/migrations/${id}` };
      return { status: 202, headers: refusal === null ? headers : { ...headers, "X-Ferry-Refusal": headerText(refusal) } };
    },
  },
});

/** A header holds printable ASCII; a question mark stands for everything else. */
const headerText = (sentence: string): string => sentence.replaceAll(/[^\x20-\x7e]/g, "?");
