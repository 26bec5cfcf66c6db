import { setTimeout as sleep } from "node:timers/promises";
import { type GuestObservation, type TransferOutcome, type Whereabouts, whereabouts } from "@ferry/core";
import { isHandedOver, observeDestination, observeSource, type Parties } from "./parties.ts";

const LOOK_AGAIN_MS = 500;
/** How long both hosts may be silent or undecided before the answer is "unknown". */
const PATIENCE_MS = 60_000;
/** A guest that its source's libvirtd will continue by itself is continued within this time. */
const STRANDED_PATIENCE_MS = 5_000;

/** What one look at both hosts says of the transfer: its end, or that one must look again, at most so long. */
export type Judgement =
  | { readonly kind: "ended"; readonly outcome: TransferOutcome }
  | { readonly kind: "wait"; readonly atMostMs: number | null };

const ended = (outcome: TransferOutcome): Judgement => ({ kind: "ended", outcome });

/** Pure: what two observations mean for a transfer of which no answer, or an error, has come. `reason` tells what went wrong. */
export function judge(
  source: GuestObservation,
  destination: GuestObservation,
  transfer: { readonly paused: boolean; readonly reason: string; readonly aborted: boolean },
): Judgement {
  if (isHandedOver(destination, transfer.paused) && !runs(source)) return ended({ kind: "handed-over" });
  return byWhereabouts(whereabouts(source, destination), transfer);
}

const runs = (guest: GuestObservation): boolean => guest.kind === "present" && guest.state === "running";

function byWhereabouts(where: Whereabouts, { reason, aborted }: { reason: string; aborted: boolean }): Judgement {
  switch (where) {
    case "at-destination":
    case "leftover-at-source":
      return ended({ kind: "handed-over" });
    case "at-source":
    case "crashed-at-source":
    case "stopped-at-source":
      return ended({ kind: "stayed", reason, aborted });
    case "copying":
      return { kind: "wait", atMostMs: null };
    case "stranded-at-source":
      return { kind: "wait", atMostMs: STRANDED_PATIENCE_MS };
    case "switching":
    case "unknown":
      return { kind: "wait", atMostMs: PATIENCE_MS };
    default:
      return ended({ kind: "unknown", reason: `${reason}; both hosts together say: ${where}` });
  }
}

/**
 * Looks at both hosts until they say how the transfer ended. While the copy goes on it waits as long as that takes; while they are silent or
 * undecided only so long, then the outcome is `unknown`. Nothing is changed on either host.
 */
export async function conclude(parties: Parties, reason: string, isAborted: () => boolean): Promise<TransferOutcome> {
  let undecidedSince = performance.now();
  for (;;) {
    const [source, destination] = await Promise.all([observeSource(parties), observeDestination(parties)]);
    const judgement = judge(source, destination, { paused: parties.request.paused, reason, aborted: isAborted() });
    if (judgement.kind === "ended") return judgement.outcome;
    if (judgement.atMostMs === null) undecidedSince = performance.now();
    else if (performance.now() - undecidedSince > judgement.atMostMs)
      return { kind: "unknown", reason: undecided(reason, source, destination) };
    await sleep(LOOK_AGAIN_MS);
  }
}

function undecided(reason: string, source: GuestObservation, destination: GuestObservation): string {
  return `${reason}; the source says: ${words(source)}, the destination says: ${words(destination)}`;
}

function words(guest: GuestObservation): string {
  if (guest.kind === "present") return `${guest.state} (${guest.reason})`;
  return guest.kind === "absent" ? "absent" : `nothing (${guest.problem})`;
}
