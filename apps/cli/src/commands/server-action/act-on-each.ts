import type { Api } from "../../api/connect.ts";
import { findServer, type ServerRef } from "../../api/servers.ts";
import { CliError } from "../../cli-error.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit-codes.ts";
import { escapeControls } from "../../output/escape.ts";
import { print } from "../../output/print.ts";
import { reportError } from "../../output/report-error.ts";
import { awaitAction } from "../../watch/await-action.ts";
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

/** One line of the result. */
interface Result {
  readonly id: string | null;
  readonly name: string;
  readonly action: string;
  readonly result: "done" | "accepted" | "failed";
  readonly request_id: string | null;
}

/**
 * Asks for the deed on each server, then waits for all if wanted. One that fails does not stop the others: each failure is told on standard error,
 * and the first one's exit code is the command's.
 */
export async function actOnEach(deed: Deed, options: EachOptions, context: Context): Promise<ExitCode> {
  const api = await context.connect();
  const detachment = listenForDetach(context);
  const failures: unknown[] = [];
  const results: Result[] = [];
  try {
    const asked = await askAll(api, deed, options.servers, failures, results);
    for (const { server, requestId } of asked) {
      try {
        if (options.wait && !deed.immediate)
          await awaitAction(api, server, { action: deed.action, requestId }, waitOptions(options, detachment.signal));
        results.push(resultOf(deed, server, options.wait || deed.immediate ? "done" : "accepted", requestId));
      } catch (error) {
        failures.push(error);
        results.push(resultOf(deed, server, "failed", requestId));
      }
    }
  } finally {
    detachment.stop();
  }
  if (results.length > 0) print(context, options.json, { servers: results }, () => results.map(sentenceOf).join("\n"));
  return reportAll(failures, options, context);
}

interface Asked {
  readonly server: ServerRef;
  readonly requestId: string;
}

async function askAll(api: Api, deed: Deed, servers: readonly string[], failures: unknown[], results: Result[]): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const text of servers) {
    try {
      const server = await findServer(api, text);
      asked.push({ server, requestId: await deed.ask(api, server) });
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      failures.push(error);
      results.push({ id: null, name: text, action: deed.action, result: "failed", request_id: error.requestId });
    }
  }
  return asked;
}

const waitOptions = ({ timeoutSeconds }: EachOptions, signal: AbortSignal) => ({ timeoutSeconds, signal });

const resultOf = ({ action }: Deed, { id, name }: ServerRef, result: Result["result"], requestId: string): Result => ({
  id,
  name,
  action,
  result,
  request_id: requestId,
});

const sentenceOf = ({ name, action, result }: Result): string => `${escapeControls(name)}: ${action} ${result}`;

function reportAll(failures: readonly unknown[], { json }: EachOptions, { io, env }: Context): ExitCode {
  const codes = failures.map((error) => reportError(error, { io, json, debug: env.FERRY_DEBUG === "1" }));
  return codes[0] ?? exitCodes.ok;
}
