import type { Api } from "../../api/connect.ts";
import { findServer, type ServerRef } from "../../api/servers.ts";
import { CliError } from "../../cli-error.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit-codes.ts";
import { escapeControls } from "../../output/escape.ts";
import { print } from "../../output/print.ts";
import { reportError } from "../../output/report-error.ts";
import { type AwaitOptions, awaitAction } from "../../watch/await-action.ts";
import { listenForDetach } from "../../watch/detach.ts";

/** What is done to each server, and how it is told. */
export interface Deed {
  /** Nova's word: `stop`. */
  readonly action: string;
  /** Done when it is answered: there is nothing to wait for. */
  readonly immediate: boolean;
  /** Resolves with the request id once it is accepted. */
  readonly ask: (api: Api, server: ServerRef) => Promise<string>;
}

export interface EachOptions {
  /** Names or ids. */
  readonly servers: readonly string[];
  /** True: return when it is done, not when it is accepted. */
  readonly wait: boolean;
  readonly timeoutSeconds: number | null;
  readonly json: boolean;
}

/** How far the deed is on one server; a failure keeps its error. */
interface Attempt {
  readonly text: string;
  readonly server: ServerRef | null;
  readonly requestId: string | null;
  readonly result: "done" | "accepted" | "failed";
  readonly error: CliError | null;
}

/**
 * Asks for the deed on each server, then waits for all if wanted. One that fails does not stop the others: each failure is told on standard error,
 * and the first one's exit code is the command's.
 */
export async function actOnEach(deed: Deed, options: EachOptions, context: Context): Promise<ExitCode> {
  const { servers, wait, timeoutSeconds, json } = options;
  const api = await context.connect();
  const detachment = listenForDetach(context);
  const attempts: Attempt[] = [];
  try {
    for (const text of servers) attempts.push(await ask(api, deed, text));
    const waiting = { timeoutSeconds, signal: detachment.signal };
    if (wait) for (const [index, attempt] of attempts.entries()) attempts[index] = await finish(api, deed, attempt, waiting);
  } finally {
    detachment.stop();
  }
  const shown = attempts.map((attempt) => resultOf(deed, attempt));
  print(context, json, { servers: shown }, () =>
    shown.map(({ name, action, result }) => `${escapeControls(name)}: ${action} ${result}`).join("\n"),
  );
  return reportAll(attempts, json, context);
}

async function ask(api: Api, deed: Deed, text: string): Promise<Attempt> {
  const attempt = { text, server: null, requestId: null, error: null };
  try {
    const server = await findServer(api, text);
    const requestId = await deed.ask(api, server);
    return { ...attempt, server, requestId, result: deed.immediate ? "done" : "accepted" };
  } catch (error) {
    return failedWith(attempt, error);
  }
}

async function finish(api: Api, { action }: Deed, attempt: Attempt, waiting: AwaitOptions): Promise<Attempt> {
  const { server, requestId, result } = attempt;
  if (result !== "accepted" || server === null || requestId === null) return attempt;
  try {
    await awaitAction(api, server, { action, requestId }, waiting);
    return { ...attempt, result: "done" };
  } catch (error) {
    return failedWith(attempt, error);
  }
}

/** The waiting has ended, not the action. */
const goesOn: readonly ExitCode[] = [exitCodes.timedOut, exitCodes.cancelled];

function failedWith(attempt: Omit<Attempt, "result">, error: unknown): Attempt {
  if (!(error instanceof CliError)) throw error;
  const requestId = attempt.requestId ?? error.requestId;
  return { ...attempt, requestId, result: goesOn.includes(error.exitCode) ? "accepted" : "failed", error };
}

const resultOf = ({ action }: Deed, { text, server, requestId, result }: Attempt) => ({
  id: server?.id ?? null,
  name: server?.name ?? text,
  action,
  result,
  request_id: requestId,
});

function reportAll(attempts: readonly Attempt[], json: boolean, { io, env }: Context): ExitCode {
  const errors = attempts.flatMap(({ error }) => (error === null ? [] : [error]));
  const codes = errors.map((error) => reportError(error, { io, json, debug: env.FERRY_DEBUG === "1" }));
  return codes[0] ?? exitCodes.ok;
}
