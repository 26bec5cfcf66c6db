import { setTimeout as sleep } from "node:timers/promises";
import { type GuestObservation, type TransferOutcome, type Whereabouts, whereabouts } from "@ferry/core";
import { isHandedOver, observeDestination, observeSource, type Parties } from "./parties.ts";

const LOOK_AGAIN_MS = 500;
/** A guest that its source's libvirtd will continue by itself is continued within this time. */
const STRANDED_MS = 5_000;

/**
 * What one look at both hosts says of the transfer. `ended`: how. `copying`: it goes on, for as long as it takes. `undecided`: a host is silent,
 * or the handover is happening now. `stranded`: paused at the source without a job; its libvirtd may be about to continue it.
 */
export type Judgement =
  | { readonly kind: "ended"; readonly outcome: TransferOutcome }
  | { readonly kind: "copying" | "undecided" | "stranded" };

const ended = (outcome: TransferOutcome): Judgement => ({ kind: "ended", outcome });

/**
 * Pure: what two observations mean for a transfer of which no answer, or an error, has come. `reason` tells what went wrong; `neverFinished` that
 * the destination was certainly not told to run the guest.
 */
export function judge(
  source: GuestObservation,
  destination: GuestObservation,
  transfer: { readonly paused: boolean; readonly reason: string; readonly aborted: boolean; readonly neverFinished?: boolean },
): Judgement {
  if (isHandedOver(destination, transfer.paused) && !runs(source)) return ended({ kind: "handed-over" });
  if (destination.kind === "unreachable" && (wasNeverStopped(source) || (transfer.neverFinished && runsFreely(source)))) {
    return ended({ kind: "stayed", reason: transfer.reason, aborted: transfer.aborted });
  }
  return byWhereabouts(whereabouts(source, destination), transfer);
}

/**
 * A destination cannot run a guest that its source has not stopped, and a source that stopped it for a migration and continued it says so
 * (`migration-canceled`). So a guest that runs for any other reason, with the job over, never left: whatever the silent destination holds of it
 * is not active.
 */
const wasNeverStopped = (source: GuestObservation): boolean =>
  runsFreely(source) && source.kind === "present" && source.reason !== "migration-canceled";

const runsFreely = (source: GuestObservation): boolean =>
  source.kind === "present" && source.state === "running" && source.migrationJob === "none";

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
      return { kind: "copying" };
    case "stranded-at-source":
      return { kind: "stranded" };
    case "switching":
    case "unknown":
      return { kind: "undecided" };
    default:
      return ended({ kind: "unknown", reason: `${reason}; both hosts together say: ${where}` });
  }
}

/**
 * Looks at both hosts until they say how the transfer ended. While the copy goes on it waits as long as that takes; while they are silent or
 * undecided only so long, then the outcome is `unknown`. Nothing is changed on either host.
 */
export async function conclude(
  parties: Parties,
  reason: string,
  isAborted: () => boolean,
  neverFinished = false,
): Promise<TransferOutcome> {
  let undecidedSince = performance.now();
  for (;;) {
    const [source, destination] = await Promise.all([observeSource(parties), observeDestination(parties)]);
    const judgement = judge(source, destination, { paused: parties.request.paused, reason, aborted: isAborted(), neverFinished });
    if (judgement.kind === "ended") return judgement.outcome;
    if (judgement.kind === "copying") undecidedSince = performance.now();
    const patienceMs = judgement.kind === "stranded" ? Math.min(STRANDED_MS, parties.patienceMs) : parties.patienceMs;
    if (performance.now() - undecidedSince > patienceMs) return { kind: "unknown", reason: undecided(reason, source, destination) };
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
