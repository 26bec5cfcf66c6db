import type { GuestObservation, TransferRequest } from "@ferry/core";
import { observeGuest } from "../hypervisor/observe.ts";
import type { HostLink } from "../link/host-link.ts";

/** The two hosts of one transfer and what it is about. */
export interface Parties {
  readonly request: TransferRequest;
  readonly source: HostLink;
  readonly destination: HostLink;
  /** How long hosts that are silent or undecided are asked again (ms) before the outcome is `unknown`. */
  readonly patienceMs: number;
}

export const observeSource = ({ source, request }: Parties): Promise<GuestObservation> => observeGuest(source, request.guest.uuid);
export const observeDestination = ({ destination, request }: Parties): Promise<GuestObservation> =>
  observeGuest(destination, request.guest.uuid);

/**
 * Whether the destination has taken the guest over: it runs there, or, when it was to arrive paused, it is held there for the user and no
 * longer by the migration. That a job is over is no criterion: libvirt ends it some milliseconds after the guest runs. (Xen's libvirt calls an arriving
 * guest paused by its user while a job still holds it; see the reading of its jobs.)
 */
export function isHandedOver(destination: GuestObservation, paused: boolean): boolean {
  if (destination.kind !== "present") return false;
  const { state, reason, migrationJob } = destination;
  return state === "running" || (paused && state === "paused" && reason === "user" && migrationJob !== "outgoing");
}
