import type { TaskState, VmState } from "./server-state.ts";

/**
 * What a worker does to a server on the host where it is, in Nova's words: the name in its sentences and records, the states in which it may
 * start, what shows while it is under way, and the event under its instance action.
 */
interface LifecycleEntry {
  /** Nova's name of the action, as in `Cannot 'stop' instance ...` and in the list of instance actions. */
  readonly name: string;
  /** Null: any. */
  readonly vmStates: readonly VmState[] | null;
  readonly taskState: TaskState;
  /** Nova's event of the compute service. */
  readonly event: string;
  /** Ends the guest's process and needs its definition afterwards, which a transient guest loses with it. */
  readonly needsDefinition: boolean;
}

export const lifecycle = {
  start: { name: "start", vmStates: ["stopped"], taskState: "powering-on", event: "compute_start_instance", needsDefinition: false },
  stop: { name: "stop", vmStates: ["active", "error"], taskState: "powering-off", event: "compute_stop_instance", needsDefinition: true },
  "reboot-soft": {
    name: "reboot",
    vmStates: ["active"],
    taskState: "rebooting",
    event: "compute_reboot_instance",
    needsDefinition: true,
  },
  "reboot-hard": {
    name: "reboot",
    vmStates: ["active", "stopped", "paused", "suspended", "error"],
    taskState: "rebooting_hard",
    event: "compute_reboot_instance",
    needsDefinition: true,
  },
  pause: { name: "pause", vmStates: ["active"], taskState: "pausing", event: "compute_pause_instance", needsDefinition: false },
  unpause: { name: "unpause", vmStates: ["paused"], taskState: "unpausing", event: "compute_unpause_instance", needsDefinition: false },
  suspend: { name: "suspend", vmStates: ["active"], taskState: "suspending", event: "compute_suspend_instance", needsDefinition: true },
  resume: { name: "resume", vmStates: ["suspended"], taskState: "resuming", event: "compute_resume_instance", needsDefinition: false },
  delete: { name: "delete", vmStates: null, taskState: "deleting", event: "compute_terminate_instance", needsDefinition: false },
  rebuild: {
    name: "rebuild",
    vmStates: ["active", "stopped", "error"],
    taskState: "rebuilding",
    event: "compute_rebuild_instance",
    needsDefinition: true,
  },
  "attach-volume": {
    name: "attach_volume",
    vmStates: ["active", "paused", "stopped"],
    taskState: "block_device_mapping",
    event: "compute_attach_volume",
    needsDefinition: false,
  },
  "detach-volume": {
    name: "detach_volume",
    vmStates: ["active", "paused", "stopped", "error"],
    taskState: "block_device_mapping",
    event: "compute_detach_volume",
    needsDefinition: false,
  },
} as const satisfies Record<string, LifecycleEntry>;

export type LifecycleAction = keyof typeof lifecycle;
export const lifecycleActions = Object.keys(lifecycle) as LifecycleAction[];

/** What is plugged into a server, or pulled out of it; all else changes how it runs. */
export type VolumeAction = "attach-volume" | "detach-volume";
export type PowerAction = Exclude<LifecycleAction, VolumeAction | "rebuild">;

export const isVolumeAction = (action: LifecycleAction): action is VolumeAction => action === "attach-volume" || action === "detach-volume";

export const powerActions = lifecycleActions.filter((action): action is PowerAction => !isVolumeAction(action) && action !== "rebuild");

/** The entry of the table with its columns' general types. */
export const lifecycleOf = (action: LifecycleAction): LifecycleEntry => lifecycle[action];

/** The making of a server is a task too, with a plan of its own. */
export const createAction = "create";

/** An action that a worker has still to bring to its end. `token` grows with every worker that takes it, and fences the ones before. */
export interface TaskLease {
  readonly taskId: string;
  readonly owner: string;
  readonly token: number;
  /** `create`, or a key of `lifecycle`. */
  readonly action: string;
}
