import type { GuestObservation } from "./ports/hypervisor.ts";

/**
 * Where a guest is, concluded from what both hosts say now; the answer decides what may be done. Nothing is concluded from a silent host.
 * - `at-source`: it runs (or a user paused it) at the source, nothing of it at the destination.
 * - `copying`: an outgoing job is under way; the source still owns the guest.
 * - `switching`: both hold it paused and a job exists: the handover is happening now; look again soon.
 * - `stranded-at-source`: paused by a migration that nobody drives any more, absent at the destination: resume it at the source.
 * - `at-destination`: it runs at the destination and is gone, or only defined, at the source.
 * - `leftover-at-source`: it runs (or was moved paused and is held for its user) at the destination; a paused copy is left at the source and
 *   may be destroyed.
 * - `post-copy`: split between both; touch neither.
 * - `crashed-at-source`: its process at the source ended by itself; absent at the destination.
 * - `stopped-at-source`: it was shut down at the source; absent at the destination.
 * - `split`: it runs on both: a person must decide.
 * - `gone`: both hosts answer and neither has it.
 * - `unknown`: a host is silent.
 */
export type Whereabouts =
  | "at-source"
  | "copying"
  | "switching"
  | "stranded-at-source"
  | "at-destination"
  | "leftover-at-source"
  | "post-copy"
  | "crashed-at-source"
  | "stopped-at-source"
  | "split"
  | "gone"
  | "unknown";

type Present = Extract<GuestObservation, { kind: "present" }>;

/** Pure decision over two observations of one guest. */
export function whereabouts(source: GuestObservation, destination: GuestObservation): Whereabouts {
  if (source.kind === "unreachable" || destination.kind === "unreachable") return "unknown";
  if (source.kind === "absent") return destination.kind === "present" && isHeldActive(destination) ? "at-destination" : "gone";
  if (destination.kind === "absent" || isInactive(destination)) return withoutDestination(source);
  return withBoth(source, destination);
}

function withoutDestination(source: Present): Whereabouts {
  if (isPostCopy(source)) return "post-copy";
  if (source.migrationJob === "outgoing") return "copying";
  if (source.state === "running" || source.state === "shutting-down" || source.state === "suspended") return "at-source";
  if (source.state === "paused") return source.reason === "migration" ? "stranded-at-source" : "at-source";
  if (source.state === "crashed" || source.reason === "crashed" || source.reason === "failed") return "crashed-at-source";
  return source.reason === "migrated" ? "gone" : "stopped-at-source";
}

function withBoth(source: Present, destination: Present): Whereabouts {
  if (isPostCopy(source) || isPostCopy(destination)) return "post-copy";
  if (destination.state === "running") return withRunningDestination(source);
  if (source.state === "paused" && isHandedOverPaused(destination)) return "leftover-at-source";
  if (source.state === "running") return source.migrationJob === "outgoing" ? "copying" : "at-source";
  if (isInactive(source)) return source.reason === "migrated" && destination.migrationJob === "none" ? "at-destination" : "switching";
  if (source.migrationJob === "outgoing") return source.reason === "migration" ? "switching" : "copying";
  return source.reason === "migration" ? "switching" : "at-source";
}

function withRunningDestination(source: Present): Whereabouts {
  if (isInactive(source)) return "at-destination";
  return source.state === "paused" ? "leftover-at-source" : "split";
}

const isInactive = (guest: Present): boolean => guest.state === "shutoff" || guest.state === "crashed";
const isPostCopy = (guest: Present): boolean => guest.reason === "post-copy" || guest.reason === "post-copy-failed";

/** Running there, or held paused there after the source let it go (a guest that was moved paused). */
const isHeldActive = (guest: Present): boolean => guest.state === "running" || (!isInactive(guest) && guest.migrationJob !== "incoming");

/** libvirt gives a guest that was moved paused the reason `user` when, and only when, the transfer has been finished. */
const isHandedOverPaused = (guest: Present): boolean =>
  guest.state === "paused" && guest.reason === "user" && guest.migrationJob === "none";
