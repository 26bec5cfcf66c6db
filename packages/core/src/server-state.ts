/**
 * Nova's server states and which action is allowed in which of them; one table for the API, the CLI and any screen.
 * Source: Nova's `vm_states`, `task_states` and the status table of its servers view.
 */
export const vmStates = ["active", "building", "paused", "suspended", "stopped", "error", "deleted"] as const;
export type VmState = (typeof vmStates)[number];

export const taskStates = ["migrating", "deleting"] as const;
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
  error: "ERROR",
  deleted: "DELETED",
};

/** The `status` that the API shows. `migrating` shows only over the states that may migrate live. */
export function serverStatus(vm: VmState, task: TaskState | null): string {
  if (task === "migrating" && (vm === "active" || vm === "paused")) return "MIGRATING";
  return statusOf[vm];
}

/** Action key of `POST /servers/{id}/action` -> vm states in which it may start. The task state must be null as well. */
export const allowedVmStates = {
  "os-migrateLive": ["active", "paused"],
} as const satisfies Record<string, readonly VmState[]>;
export type ServerAction = keyof typeof allowedVmStates;

export type ActionVerdict = { allowed: true } | { allowed: false; attribute: "vm_state" | "task_state"; value: string };

/** Whether `action` may start in these states; if not, the attribute and value that forbid it, as Nova's 409 names them. */
export function judgeAction(action: ServerAction, vm: VmState, task: TaskState | null): ActionVerdict {
  const allowed: readonly VmState[] = allowedVmStates[action];
  if (!allowed.includes(vm)) return { allowed: false, attribute: "vm_state", value: vm };
  if (task !== null) return { allowed: false, attribute: "task_state", value: task };
  return { allowed: true };
}
