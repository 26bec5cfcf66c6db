import { fail, type VmState } from "@ferry/core";
import type { Rule } from "../policy.ts";
import { refuseLocked } from "../services/refuse-locked.ts";
import type { ActionInput, ServerAction, ServerActions } from "./server-action.ts";

/** No console proxy belongs to ferry. */
const withoutConsole: ServerAction = {
  rule: "os_compute_api:os-remote-consoles",
  range: { max: "2.5" },
  handle: ({ value }) => {
    const { type } = value as { type: string };
    return Promise.reject(fail("VALIDATION_FAILED", { sentence: `Unavailable console type ${type}.` }));
  },
};

/** Actions that ferry never does, answered as a Nova whose driver lacks them. */
export const declinedActions: ServerActions = {
  createImage: unsupported("os_compute_api:servers:create_image", "createImage", {
    vmStates: ["active", "stopped", "paused", "suspended"],
    why: "ferry makes no images of servers: add the file of the disk as an image.",
  }),
  createBackup: unsupported("os_compute_api:os-create-backup", "createBackup", {
    vmStates: ["active", "stopped", "paused", "suspended"],
    why: "ferry makes no images of servers.",
  }),
  shelve: unsupported("os_compute_api:os-shelve:shelve", "shelve", {
    vmStates: ["active", "stopped", "paused", "suspended"],
    why: "Stop the server instead: os-stop.",
  }),
  rescue: unsupported("os_compute_api:os-rescue", "rescue", {
    vmStates: ["active", "stopped", "error"],
    why: "Attach the server's disk to another guest, on its host.",
  }),
  changePassword: unsupported("os_compute_api:os-admin-password", "changePassword", {
    vmStates: ["active"],
    why: "Change the password inside the guest.",
  }),
  trigger_crash_dump: {
    ...unsupported("os_compute_api:servers:trigger_crash_dump", "trigger_crash_dump", {
      vmStates: ["active", "paused"],
      why: "Use virsh inject-nmi on its host.",
    }),
    range: { min: "2.17" },
  },
  shelveOffload: neverReady("os_compute_api:os-shelve:shelve_offload", "shelveOffload"),
  unshelve: neverReady("os_compute_api:os-shelve:unshelve", "unshelve"),
  unrescue: neverReady("os_compute_api:os-unrescue", "unrescue"),
  restore: neverReady("os_compute_api:os-deferred-delete:restore", "restore"),
  addFixedIp: networkless("os_compute_api:os-multinic:add"),
  removeFixedIp: networkless("os_compute_api:os-multinic:remove"),
  addFloatingIp: networkless("os_compute_api:os-floating-ips:add"),
  removeFloatingIp: networkless("os_compute_api:os-floating-ips:remove"),
  "os-getConsoleOutput": {
    rule: "os_compute_api:os-console-output",
    handle: () => Promise.reject(fail("CONSOLE_UNAVAILABLE")),
  },
  "os-getVNCConsole": withoutConsole,
  "os-getSPICEConsole": withoutConsole,
  "os-getSerialConsole": withoutConsole,
};

interface Lacking {
  readonly vmStates: readonly VmState[];
  readonly why: string;
}

/** Lock and state are looked at first, as Nova does; then the driver is found to lack it. Throws SERVER_LOCKED, SERVER_WRONG_STATE, FEATURE_NOT_SUPPORTED. */
function unsupported(rule: Rule, action: string, { vmStates, why }: Lacking): ServerAction {
  return {
    rule,
    handle: async ({ server, caller }) => {
      refuseLocked(server, caller);
      if (!vmStates.includes(server.vmState)) throw wrongState(action, server);
      throw fail("FEATURE_NOT_SUPPORTED", { why });
    },
  };
}

/** For an action on a server in a state into which ferry brings none. */
function neverReady(rule: Rule, action: string): ServerAction {
  return {
    rule,
    handle: async ({ server, caller }) => {
      refuseLocked(server, caller);
      throw wrongState(action, server);
    },
  };
}

/** Of the time before Nova gave networks up. */
function networkless(rule: Rule): ServerAction {
  const why = "Addresses belong to the networks of the hosts, which ferry does not manage.";
  return { rule, range: { max: "2.43" }, handle: () => Promise.reject(fail("FEATURE_NOT_SUPPORTED", { why })) };
}

const wrongState = (action: string, { id, vmState }: ActionInput["server"]): Error =>
  fail("SERVER_WRONG_STATE", { action, id, attribute: "vm_state", value: vmState });
