import type { GuestObservation } from "@ferry/core";
import { isHandedOver } from "./parties.ts";

/** The five calls of a transfer that ferry drives, in order. */
export type DirectCall = "begin" | "prepare" | "perform" | "finish" | "confirm";

/**
 * What to do after a call failed.
 * - `stop`: nothing was begun; ask both hosts and report.
 * - `confirm-cancelled`: end the source's job, which continues the guest there if it was paused.
 * - `cancel-both`: tell the destination to give up, then end the source's job.
 * - `abort-and-cancel`: the source's own connection is gone and its copy may go on: abort it over a new one and tell the destination to give up.
 * - `ask-destination`: the destination may run the guest: confirm nothing before it was asked again.
 * - `leave`: the guest is handed over; what is left at the source is for a later step.
 */
export type DirectReaction = "stop" | "confirm-cancelled" | "cancel-both" | "abort-and-cancel" | "ask-destination" | "leave";

/** `refused`: libvirt answered with an error. `lost`: no answer, the call may have been carried out. */
const reactions: Record<DirectCall, Record<"refused" | "lost", DirectReaction>> = {
  begin: { refused: "stop", lost: "stop" },
  prepare: { refused: "confirm-cancelled", lost: "confirm-cancelled" },
  perform: { refused: "cancel-both", lost: "abort-and-cancel" },
  finish: { refused: "confirm-cancelled", lost: "ask-destination" },
  confirm: { refused: "leave", lost: "leave" },
};

export const reactionTo = (call: DirectCall, failure: "refused" | "lost"): DirectReaction => reactions[call][failure];

/**
 * What a look at the destination allows after the answer to Finish was lost. `ask-again`: it is still deciding, or silent. Only `confirm` and
 * `continue-at-source` may touch the source; getting this wrong runs the guest twice.
 */
export function afterLostFinish(destination: GuestObservation, paused: boolean): "confirm" | "continue-at-source" | "ask-again" {
  if (isHandedOver(destination, paused)) return "confirm";
  if (destination.kind === "absent") return "continue-at-source";
  const over = destination.kind === "present" && (destination.state === "shutoff" || destination.state === "crashed");
  return over ? "continue-at-source" : "ask-again";
}
