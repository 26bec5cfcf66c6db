import { SECOND } from "@ferry/core";
import type { Api } from "../api/connect.ts";
import { actionOutcome } from "../api/server-actions.ts";
import type { ServerRef } from "../api/servers.ts";
import { CliError } from "../cli-error.ts";
import { exitCodes } from "../exit-codes.ts";
import { makeNudge } from "./nudge.ts";

export interface AwaitOptions {
  /** How long to wait for the end; null waits as long as it takes. */
  readonly timeoutSeconds: number | null;
  /** Ends the waiting; the action goes on. */
  readonly signal: AbortSignal;
}

const firstLookMs = 100;
const lastLookMs = 2 * SECOND;

/** Waits for the end of an action. Throws ACTION_FAILED with its reason, TIMED_OUT or DETACHED when it goes on without being watched. */
export async function awaitAction(
  api: Api,
  server: ServerRef,
  { action, requestId }: { readonly action: string; readonly requestId: string },
  { timeoutSeconds, signal }: AwaitOptions,
): Promise<void> {
  const timeout = timeoutSeconds === null ? [] : [AbortSignal.timeout(timeoutSeconds * SECOND)];
  const over = AbortSignal.any([signal, ...timeout]);
  for (let pauseMs = firstLookMs; ; pauseMs = Math.min(pauseMs * 2, lastLookMs)) {
    const outcome = await actionOutcome(api, server, requestId);
    if (outcome.state === "done") return;
    if (outcome.state === "failed") throw failed(action, server, outcome.problem, requestId);
    if (over.aborted) throw goesOn(action, server, signal.aborted, timeoutSeconds);
    await makeNudge().wait(pauseMs, over);
  }
}

function failed(action: string, { name }: ServerRef, problem: string | null, requestId: string): CliError {
  const sentence = problem ?? `The ${action} of server ${name} failed; only an administrator is told why.`;
  return new CliError("ACTION_FAILED", sentence, {
    remedy: `Look with "ferry show ${name}" how the server is now.`,
    requestId,
  });
}

function goesOn(action: string, { name }: ServerRef, detached: boolean, timeoutSeconds: number | null): CliError {
  const remedy = `Look with "ferry show ${name}" how it ends.`;
  if (detached)
    return new CliError("DETACHED", `No longer waiting: the ${action} of server ${name} goes on.`, {
      exitCode: exitCodes.cancelled,
      remedy,
    });
  const sentence = `Not finished after ${timeoutSeconds} s: the ${action} of server ${name} goes on.`;
  return new CliError("TIMED_OUT", sentence, { exitCode: exitCodes.timedOut, remedy });
}
