import { setTimeout as sleep } from "node:timers/promises";
import { isFerryError, type TransferOutcome, whereabouts } from "@ferry/core";
import { isFinishOk, LibvirtError } from "@ferry/libvirt";
import { resumeGuest } from "../hypervisor/power.ts";
import { traitsOf } from "../hypervisor/traits/traits-of.ts";
import { abortJob } from "./abort.ts";
import { callEnd } from "./call-end.ts";
import { conclude } from "./conclude.ts";
import { confirm, type Drive, finish, NO_COOKIE } from "./direct-calls.ts";
import { afterLostFinish, type DirectCall, reactionTo } from "./direct-policy.ts";
import { isHandedOver, observeDestination, observeSource, type Parties } from "./parties.ts";

/** A call of the drive that brought no good answer. */
export interface Failure {
  readonly call: DirectCall;
  readonly kind: "refused" | "lost";
  readonly error: Error;
}

const ASK_AGAIN_MS = 500;

/** Does what the policy says after a failure, and proves where the guest is then. */
export async function react(drive: Drive, failure: Failure, isAborted: () => boolean): Promise<TransferOutcome> {
  const { parties } = drive;
  const reaction = reactionTo(failure.call, failure.kind);
  if (reaction === "ask-destination") return await askDestination(drive, failure.error.message, isAborted);
  const fromDestination = reaction === "cancel-both" || reaction === "abort-and-cancel" ? await cancelDestination(drive, reaction) : null;
  if (reaction === "confirm-cancelled" || reaction === "cancel-both") await endSourceJob(drive, failure);
  await resumeIfStranded(parties);
  return await conclude(
    parties,
    [failure.error.message, fromDestination].filter((text) => text !== null).join("; the destination says: "),
    isAborted,
    reaction !== "leave",
  );
}

/** Tells the destination to give up; returns its own reason for the failure, if it has one. */
async function cancelDestination(drive: Drive, reaction: "cancel-both" | "abort-and-cancel"): Promise<string | null> {
  if (reaction === "abort-and-cancel") await abortOverNewConnection(drive.parties);
  const end = await callEnd(() => finish(drive, NO_COOKIE, 1));
  return end.kind === "refused" && !isFinishOk(end.error) ? end.error.message : null;
}

async function abortOverNewConnection({ source, request }: Parties): Promise<void> {
  try {
    await abortJob(source, request.guest.uuid, true);
  } catch (error) {
    if (!isFerryError(error)) throw error;
  }
}

/** Continues the guest at the source, unless the destination runs it in spite of its answer. An error 55 means that the job is gone already. */
async function endSourceJob(drive: Drive, { call, error }: Failure): Promise<void> {
  const answered = call === "finish" && error instanceof LibvirtError;
  const runsThere = answered && isHandedOver(await observeDestination(drive.parties), drive.parties.request.paused);
  await callEnd(() => confirm(drive, NO_COOKIE, runsThere ? 0 : 1));
}

/** The answer to Finish was lost, and the guest stands still until the destination has told its fate. Confirms, either way, only what the destination itself says; while it says nothing the source is left as it is. */
async function askDestination(drive: Drive, reason: string, isAborted: () => boolean): Promise<TransferOutcome> {
  const { parties } = drive;
  const askedSince = performance.now();
  while (performance.now() - askedSince < parties.patienceMs) {
    const answer = afterLostFinish(await observeDestination(parties), parties.request.paused);
    if (answer !== "ask-again") {
      await callEnd(() => confirm(drive, NO_COOKIE, answer === "confirm" ? 0 : 1));
      if (answer === "continue-at-source") await resumeIfStranded(parties);
      return await conclude(parties, reason, isAborted);
    }
    await sleep(ASK_AGAIN_MS);
  }
  return { kind: "unknown", reason: `${reason}; the destination did not say whether it runs the guest, so the source was left paused` };
}

/** Continues a guest that nobody will continue any more: paused by its migration, without a job, and absent at the destination. */
async function resumeIfStranded(parties: Parties): Promise<void> {
  const [source, destination] = await Promise.all([observeSource(parties), observeDestination(parties)]);
  if (whereabouts(source, destination) !== "stranded-at-source") return;
  const { source: link, request } = parties;
  const { uuid } = request.guest;
  const [traits, session] = [traitsOf(link.address.uri), () => link.session()];
  try {
    await link.act(`resume guest ${uuid}`, (connection) => resumeGuest({ connection, session }, uuid, traits));
  } catch (error) {
    if (!isFerryError(error)) throw error;
  }
}
