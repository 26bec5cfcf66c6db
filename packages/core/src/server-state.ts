import type { OrderMode } from "./move-mode.ts";

/**
 * Nova's server states and which action is allowed in which of them; one table for the API, the CLI and any screen.
 * Source: Nova's `vm_states`, `task_states` and the status table of its servers view.
 */
export const vmStates = ["active", "building", "paused", "suspended", "stopped", "resized", "error", "deleted"] as const;
export type VmState = (typeof vmStates)[number];

export const taskStates = [
  "migrating",
  "deleting",
  "powering-off",
  "powering-on",
  "rebooting",
  "rebooting_hard",
  "pausing",
  "unpausing",
  "suspending",
  "resuming",
  "resize_prep",
  "resize_migrating",
  "resize_migrated",
  "resize_finish",
  "resize_confirming",
  "resize_reverting",
  "rebuilding",
  "scheduling",
  "spawning",
  "block_device_mapping",
] as const;
export type TaskState = (typeof taskStates)[number];

/** Nova's numbers: 0 none, 1 running, 3 paused, 4 shut down, 6 crashed, 7 suspended. */
export const powerState = { none: 0, running: 1, paused: 3, shutdown: 4, crashed: 6, suspended: 7 } as const;
export type PowerState = (typeof powerState)[keyof typeof powerState];

const statusOf: Record<VmState, string> = {
  active: "ACTIVE",
  building: "BUILD",
  paused: "PAUSED",
  suspended: "SUSPENDED",
  stopped: "SHUTOFF",
  resized: "VERIFY_RESIZE",
  error: "ERROR",
  deleted: "DELETED",
};

/** A server on its way by cold migration shows Nova's RESIZE, whether it ran or not. */
const resizing = { resize_prep: "RESIZE", resize_migrating: "RESIZE", resize_migrated: "RESIZE", resize_finish: "RESIZE" } as const;

/** What shows instead while a task is under way; a task that is not named here leaves the status as it is. */
const statusOfTask: Partial<Record<VmState, Partial<Record<TaskState, string>>>> = {
  active: { migrating: "MIGRATING", rebooting: "REBOOT", rebooting_hard: "HARD_REBOOT", rebuilding: "REBUILD", ...resizing },
  paused: { migrating: "MIGRATING" },
  stopped: { rebuilding: "REBUILD", ...resizing },
  error: { rebuilding: "REBUILD" },
  resized: { resize_reverting: "REVERT_RESIZE" },
};

/** The `status` that the API shows. */
export function serverStatus(vm: VmState, task: TaskState | null): string {
  return (task === null ? undefined : statusOfTask[vm]?.[task]) ?? statusOf[vm];
}

/** A vm state together with the task states that count (`included`), or with those that do not. No task at all is never in the list. */
export interface StatusCondition {
  readonly vmState: VmState;
  readonly taskStates: readonly TaskState[];
  readonly included: boolean;
}

/** The states that show as `status`, for looking servers up by it; empty when no server can have it. */
export function statesOfStatus(status: string): StatusCondition[] {
  return vmStates.flatMap((vmState): StatusCondition[] => {
    const tasks = Object.entries(statusOfTask[vmState] ?? {}) as [TaskState, string][];
    if (statusOf[vmState] === status) return [{ vmState, taskStates: tasks.map(([task]) => task), included: false }];
    const matching = tasks.filter(([, shown]) => shown === status).map(([task]) => task);
    return matching.length === 0 ? [] : [{ vmState, taskStates: matching, included: true }];
  });
}

/**
 * Action key of `POST /servers/{id}/action` -> vm states in which it may start. The task state must be null as well. `migrate` moves cold unless it is
 * asked for another mode, which has a key of its own here.
 */
export const allowedVmStates = {
  "os-migrateLive": ["active", "paused"],
  migrate: ["active", "stopped"],
  "migrate-saved": ["active", "paused"],
  "migrate-offline": ["stopped"],
  evacuate: ["active", "stopped", "error"],
  confirmResize: ["resized"],
  revertResize: ["resized"],
} as const satisfies Record<string, readonly VmState[]>;
export type ServerAction = keyof typeof allowedVmStates;

/** The key under which a move of that mode is judged. */
export const moveActions = {
  live: "os-migrateLive",
  cold: "migrate",
  saved: "migrate-saved",
  offline: "migrate-offline",
  evacuate: "evacuate",
} as const satisfies Record<OrderMode, ServerAction>;

/** How requests and errors call it: Nova has one action for all moves that are not live. */
export const moveActionName = (mode: OrderMode): string => moveActions[mode === "live" || mode === "evacuate" ? mode : "cold"];

export type ActionVerdict = { allowed: true } | { allowed: false; attribute: "vm_state" | "task_state"; value: string };

/** Whether `action` may start in these states; if not, the attribute and value that forbid it, as Nova's 409 names them. */
export function judgeAction(action: ServerAction, vm: VmState, task: TaskState | null): ActionVerdict {
  const allowed: readonly VmState[] = allowedVmStates[action];
  if (!allowed.includes(vm)) return { allowed: false, attribute: "vm_state", value: vm };
  if (task !== null) return { allowed: false, attribute: "task_state", value: task };
  return { allowed: true };
}
