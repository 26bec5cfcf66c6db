import type { Store } from "@ferry/store";
import { may } from "../policy.ts";
import { type RebuildBody, rebuild } from "../services/rebuild.ts";
import { rebuiltServerView } from "../views/server.ts";
import { accepted, type ServerActions } from "./server-action.ts";

/** A server's disk is made anew from an image. */
export const rebuildActions = (store: Store): ServerActions => ({
  rebuild: {
    rule: "os_compute_api:servers:rebuild",
    handle: async ({ server, value, minor, requestId, caller, base }) => {
      const adminPass = await rebuild(store, { server, body: value as RebuildBody, requestId, caller });
      const now = (await store.serverLists.find(server.id)) ?? server;
      const extended = may(caller, "os_compute_api:os-extended-server-attributes");
      const shown = rebuiltServerView(now, { minor, base, single: true, extended, now: new Date() });
      return { ...accepted, headers: { Location: `${base}/v2.1/servers/${server.id}` }, body: { server: { ...shown, adminPass } } };
    },
  },
});
