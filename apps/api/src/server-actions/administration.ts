import { serverId } from "@ferry/core";
import type { Store } from "@ferry/store";
import { enforce } from "../policy.ts";
import { type ActionInput, accepted, type ServerActions } from "./server-action.ts";

/** What changes the record of a server alone: done when it is answered. */
export const administrationActions = (store: Store): ServerActions => ({
  lock: {
    rule: "os_compute_api:os-lock-server:lock",
    handle: async (input) => {
      const { locked_reason: reason = null } = (input.value ?? {}) as { locked_reason?: string };
      await store.serverAdministration.lock({ ...requestOf(input), lockedBy: sideOf(input), reason });
      return accepted;
    },
  },
  unlock: {
    rule: "os_compute_api:os-lock-server:unlock",
    handle: async (input) => {
      const { lockedBy } = input.server;
      if (lockedBy !== null && lockedBy !== sideOf(input)) enforce(input.caller, "os_compute_api:os-lock-server:unlock:unlock_override");
      await store.serverAdministration.unlock(requestOf(input));
      return accepted;
    },
  },
  "os-resetState": {
    rule: "os_compute_api:os-admin-actions:reset_state",
    handle: async (input) => {
      const { state: vmState } = input.value as { state: "active" | "error" };
      await store.serverAdministration.resetState({ ...requestOf(input), vmState });
      return accepted;
    },
  },
});

/** Nova's two sides of a lock: whoever acts within the server's project is its owner. */
const sideOf = ({ caller, server }: ActionInput): "owner" | "admin" => (caller.projectId === server.projectId ? "owner" : "admin");

const requestOf = ({ server, caller, requestId }: ActionInput) => ({
  serverId: serverId(server.id),
  requestId,
  projectId: caller.projectId ?? server.projectId,
  userId: caller.userId,
});
