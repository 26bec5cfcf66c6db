import { type PlugPlaces, SECOND, type VolumeAction } from "@ferry/core";

/** Where a volume is plugged in now, as the host says. */
export interface PlugView {
  /** The guest has a process. */
  readonly active: boolean;
  /** The host keeps a definition of it. */
  readonly persistent: boolean;
  readonly live: boolean;
  readonly config: boolean;
}

export type PlugMove =
  | { readonly kind: "plug"; readonly places: PlugPlaces }
  | { readonly kind: "unplug"; readonly places: PlugPlaces }
  /** The guest was asked to let go: look again later. */
  | { readonly kind: "wait" }
  | { readonly kind: "done" }
  /** The guest does not let go. */
  | { readonly kind: "held" };

/** How long a guest may take to let go of a disk. */
export const releasePatienceMs = 60 * SECOND;
/** A guest that was still booting has not heard the first request. */
export const askReleaseAgainMs = 10 * SECOND;

/** Pure: the next thing to do, from what the host says now; asked again after each thing done. `askedAgoMs` is null before the first request. */
export function nextPlug(action: VolumeAction, view: PlugView, times: { elapsedMs: number; askedAgoMs: number | null }): PlugMove {
  const wanted = action === "attach-volume";
  const places = { live: view.active && view.live !== wanted, config: view.persistent && view.config !== wanted };
  if (!places.live && !places.config) return { kind: "done" };
  if (wanted) return { kind: "plug", places };
  if (places.config || times.askedAgoMs === null) return { kind: "unplug", places };
  if (times.elapsedMs >= releasePatienceMs) return { kind: "held" };
  return times.askedAgoMs >= askReleaseAgainMs ? { kind: "unplug", places } : { kind: "wait" };
}
