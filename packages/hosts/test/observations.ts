import type { GuestObservation, GuestState, GuestStateReason } from "@ferry/core";

export const absent: GuestObservation = { kind: "absent" };
export const silent: GuestObservation = { kind: "unreachable", problem: "no answer" };

/** A guest that a host has, persistent, with or without a migration job. */
export const present = (
  state: GuestState,
  reason: GuestStateReason = "other",
  migrationJob: "outgoing" | "incoming" | "none" = "none",
): GuestObservation => ({ kind: "present", state, reason, persistent: true, migrationJob });
