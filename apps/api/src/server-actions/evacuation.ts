import type { Store } from "@ferry/store";
import { type EvacuateBody, evacuate } from "../services/evacuate.ts";
import type { ServerActions } from "./server-action.ts";

/** A server is taken away from a dead host. */
export const evacuationActions = (store: Store): ServerActions => ({
  evacuate: {
    rule: "os_compute_api:os-evacuate",
    handle: async ({ server, value, minor, requestId, caller, base }) => {
      const id = await evacuate(store, { server, body: value as EvacuateBody, minor, requestId, caller });
      return { status: 200, headers: { Location: `${base}/ferry/v1/migrations/${id}` } };
    },
  },
});
