import type { LifecycleAction } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { Rule } from "../policy.ts";
import { actOnServer } from "../services/act-on-server.ts";
import { type ActionInput, accepted, type ServerAction, type ServerActions } from "./server-action.ts";

/** What changes how a server runs, where it is. */
export function lifecycleActions(store: Store): ServerActions {
  const action = (rule: Rule, what: LifecycleAction | ((value: unknown) => LifecycleAction)): ServerAction => ({
    rule,
    handle: async (input: ActionInput) => {
      await actOnServer(store, typeof what === "string" ? what : what(input.value), input);
      return accepted;
    },
  });
  return {
    "os-start": action("os_compute_api:servers:start", "start"),
    "os-stop": action("os_compute_api:servers:stop", "stop"),
    reboot: action("os_compute_api:servers:reboot", rebootKind),
    pause: action("os_compute_api:os-pause-server:pause", "pause"),
    unpause: action("os_compute_api:os-pause-server:unpause", "unpause"),
    suspend: action("os_compute_api:os-suspend-server:suspend", "suspend"),
    resume: action("os_compute_api:os-suspend-server:resume", "resume"),
    forceDelete: action("os_compute_api:os-deferred-delete:force", "delete"),
  };
}

const rebootKind = (value: unknown): LifecycleAction =>
  (value as { type: string }).type.toLowerCase() === "hard" ? "reboot-hard" : "reboot-soft";
