import type { TransferOutcome } from "@ferry/core";
import { callEnd } from "./call-end.ts";
import { conclude } from "./conclude.ts";
import { begin, confirm, type Drive, finish, openDrive, perform, prepare } from "./direct-calls.ts";
import type { DirectCall } from "./direct-policy.ts";
import { type Failure, react } from "./direct-undo.ts";
import { watchHandover } from "./handover-watch.ts";
import type { Parties } from "./parties.ts";
import type { Run } from "./run.ts";

/**
 * ferry drives both libvirts by five calls. Resolves when the destination runs the guest; ending the source's copy goes on in the background.
 * If ferry dies before that, the hosts undo the move by themselves, or leave the guest paused at the source for whoever asks both hosts.
 */
export async function runDirect(parties: Parties, run: Run): Promise<TransferOutcome> {
  const drive = await openDrive(parties);
  const watching = new AbortController();
  const driven = driveToEnd(drive, run).finally(() => {
    drive.source.close();
    drive.destination.close();
  });
  run.inBackground(driven);
  try {
    const arrived = watchHandover(parties, watching.signal);
    return await Promise.race([driven, arrived.then((): TransferOutcome => ({ kind: "handed-over" }))]);
  } finally {
    watching.abort();
  }
}

/** All five calls, or as many as succeed and what undoes them. */
async function driveToEnd(drive: Drive, run: Run): Promise<TransferOutcome> {
  const copied = await copy(drive, run);
  if ("failure" in copied) return await react(copied.drive, copied.failure, () => run.signal.aborted);
  const finished = await callEnd(() => finish(copied.drive, copied.cookie, 0));
  if (finished.kind !== "answered") {
    return await react(copied.drive, { call: "finish", ...finished }, () => run.signal.aborted);
  }
  await callEnd(() => confirm(copied.drive, finished.value, 0));
  return await conclude(copied.drive.parties, "libvirt reported success", () => run.signal.aborted);
}

type Copied = { readonly drive: Drive; readonly cookie: Buffer } | { readonly drive: Drive; readonly failure: Failure };

/** The first three calls: after them the guest stands still at the source, and all of it is at the destination. */
async function copy(drive: Drive, run: Run): Promise<Copied> {
  const begun = await callEnd(() => begin(drive));
  if (begun.kind !== "answered") return failed(drive, "begin", begun);
  if (run.signal.aborted) return unwanted(begun.value.drive, "prepare", run);
  const prepared = await callEnd(() => prepare(begun.value.drive, begun.value.xml, begun.value.cookie));
  if (prepared.kind !== "answered") return failed(begun.value.drive, "prepare", prepared);
  if (run.signal.aborted) return unwanted(prepared.value.drive, "perform", run);
  const performed = await callEnd(() => perform(prepared.value.drive, prepared.value.cookie));
  if (performed.kind !== "answered") return failed(prepared.value.drive, "perform", performed);
  if (run.signal.aborted) return unwanted(prepared.value.drive, "perform", run);
  return { drive: prepared.value.drive, cookie: performed.value };
}

const failed = (drive: Drive, call: DirectCall, end: { kind: "refused" | "lost"; error: Error }): Copied => ({
  drive,
  failure: { call, ...end },
});

/** The move was aborted between two calls: undone as if the next one had been refused. */
const unwanted = (drive: Drive, next: DirectCall, { signal }: Run): Copied =>
  failed(drive, next, { kind: "refused", error: new Error("the move was aborted", { cause: signal.reason }) });
