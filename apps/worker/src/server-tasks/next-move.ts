import { type GuestObservation, type PowerAction, SECOND } from "@ferry/core";

/** What a task may do to its guest on the host. */
export type Act = "start" | "shutdown" | "destroy" | "pause" | "resume" | "managed-save" | "drop-saved" | "undefine";

/** A guest as its host shows it now; nothing is decided about one whose host is silent. */
export type Seen = Exclude<GuestObservation, { kind: "unreachable" }>;
type Present = Extract<Seen, { kind: "present" }>;

export interface Situation {
  readonly seen: Seen;
  /** The hypervisor is at work on the guest: it writes its memory to the host's disk. */
  readonly saving: boolean;
  /** Its process has been ended by this task, whichever worker did it. */
  readonly wasOff: boolean;
  /** What this worker has done already. */
  readonly done: ReadonlySet<Act>;
  /** Since this worker took the task. */
  readonly elapsedMs: number;
  /** Since it last asked the guest to shut down; null: it has not. */
  readonly askedAgoMs: number | null;
}

export type Move =
  | { readonly kind: "act"; readonly act: Act }
  /** Look again later. */
  | { readonly kind: "wait" }
  /** Remember that the process has been ended, before a new one is started. */
  | { readonly kind: "note-off" }
  | { readonly kind: "done" }
  /** The host has no such guest any more. */
  | { readonly kind: "gone" }
  /** It is not, and will not be by itself, what was asked for. */
  | { readonly kind: "stuck"; readonly wanted: string };

/** How long a guest may take to shut down, as in Nova, before its process is ended. */
export const stopPatienceMs = 60 * SECOND;
export const rebootPatienceMs = 120 * SECOND;
/** A guest that was still booting has not heard the first request. */
export const askAgainAfterMs = 10 * SECOND;

/**
 * Pure: the next thing to do for an action, from what the host says now. It is asked again after each thing done, so a worker that takes a task over
 * goes on from wherever the guest is.
 */
export function nextMove(action: PowerAction, situation: Situation): Move {
  const { seen } = situation;
  if (seen.kind === "absent") return action === "delete" ? { kind: "done" } : { kind: "gone" };
  return moves[action](seen, situation);
}

type Decide = (guest: Present, situation: Situation) => Move;

const moves: Readonly<Record<PowerAction, Decide>> = {
  start: (guest, situation) => (isOff(guest) ? once("start", "running", situation) : unlessEnding(guest)),
  stop: (guest, situation) => (isOff(guest) ? { kind: "done" } : shutDown(guest, situation, stopPatienceMs)),
  "reboot-soft": (guest, situation) => {
    if (situation.wasOff || isOff(guest)) return bootAgain(guest, situation);
    return shutDown(guest, situation, rebootPatienceMs);
  },
  "reboot-hard": (guest, situation) => {
    if (isSaved(guest)) return once("drop-saved", "off", situation);
    if (situation.wasOff || isOff(guest)) return bootAgain(guest, situation);
    return once("destroy", "off", situation);
  },
  pause: (guest, situation) => {
    if (guest.state === "paused") return { kind: "done" };
    return isOff(guest) ? { kind: "stuck", wanted: "running" } : once("pause", "paused", situation);
  },
  unpause: (guest, situation) => {
    if (guest.state === "paused") return once("resume", "running", situation);
    return isOff(guest) ? { kind: "stuck", wanted: "paused" } : { kind: "done" };
  },
  suspend: (guest, situation) => {
    if (isSaved(guest)) return { kind: "done" };
    if (isOff(guest)) return { kind: "stuck", wanted: "running" };
    return situation.saving ? { kind: "wait" } : once("managed-save", "off with its memory saved", situation);
  },
  resume: (guest, situation) => {
    if (isSaved(guest)) return once("start", "running", situation);
    return isOff(guest) || guest.state === "suspended" ? { kind: "stuck", wanted: "off with its memory saved" } : { kind: "done" };
  },
  delete: (guest, situation) => {
    if (!isOff(guest)) return once("destroy", "off", situation);
    return once("undefine", "gone", situation);
  },
};

const isOff = ({ state }: Present): boolean => state === "shutoff" || state === "crashed";
const isSaved = (guest: Present): boolean => isOff(guest) && guest.reason === "saved";

/** What had no effect the first time has none the second time. */
const once = (act: Act, wanted: string, { done }: Situation): Move => (done.has(act) ? { kind: "stuck", wanted } : { kind: "act", act });

/** A guest that is about to end is not there to stay. */
const unlessEnding = ({ state }: Present): Move => ({ kind: state === "shutting-down" ? "wait" : "done" });

/** Only a guest that executes can shut itself down. */
function shutDown(guest: Present, situation: Situation, patienceMs: number): Move {
  const obeys = guest.state === "running" || guest.state === "shutting-down" || guest.state === "none";
  if (!obeys || situation.elapsedMs >= patienceMs) return once("destroy", "off", situation);
  const { askedAgoMs } = situation;
  return askedAgoMs === null || askedAgoMs >= askAgainAfterMs ? { kind: "act", act: "shutdown" } : { kind: "wait" };
}

function bootAgain(guest: Present, situation: Situation): Move {
  if (!isOff(guest)) return { kind: "done" };
  return situation.wasOff ? once("start", "running", situation) : { kind: "note-off" };
}
