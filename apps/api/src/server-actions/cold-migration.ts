import type { MoveMode } from "@ferry/core";
import type { Store } from "@ferry/store";
import { coldMigrate, type MigrateBody, settleResize } from "../services/cold-migrate.ts";
import { type ResizeBody, resize } from "../services/resize.ts";
import { accepted, type ServerActions } from "./server-action.ts";

/** Moves that are not live, to another size too, and the verdict on a cold one. */
export const coldMigrationActions = (store: Store): ServerActions => ({
  migrate: {
    rule: "os_compute_api:os-migrate-server:migrate",
    handle: async ({ server, value, request, requestId, caller, base }) => {
      const mode = (request.headers["x-ferry-mode"] ?? "cold") as Exclude<MoveMode, "live">;
      const id = await coldMigrate(store, { server, body: value as MigrateBody, mode, requestId, caller });
      return { ...accepted, headers: { Location: `${base}/ferry/v1/migrations/${id}` } };
    },
  },
  resize: {
    rule: "os_compute_api:servers:resize",
    handle: async ({ server, value, requestId, caller, base }) => {
      const id = await resize(store, { server, body: value as ResizeBody, requestId, caller });
      return { ...accepted, headers: { Location: `${base}/ferry/v1/migrations/${id}` } };
    },
  },
  confirmResize: {
    rule: "os_compute_api:servers:confirm_resize",
    handle: async (input) => {
      await settleResize(store, "confirm", input);
      return { status: 204 };
    },
  },
  revertResize: {
    rule: "os_compute_api:servers:revert_resize",
    handle: async (input) => {
      const id = await settleResize(store, "revert", input);
      return { ...accepted, headers: { Location: `${input.base}/ferry/v1/migrations/${id}` } };
    },
  },
});
