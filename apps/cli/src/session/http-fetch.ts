import { CliError } from "../cli-error.ts";
import { exitCodes } from "../exit-codes.ts";

/**
 * One HTTP exchange. Rejects with SERVER_UNREACHABLE or OUTCOME_UNKNOWN when there was no answer, and with the signal's reason when it was aborted.
 * The signal comes beside the request, not inside: Node.js forgets a signal inside once the request object is collected, and the answer of an
 * endless request would then never end.
 */
export type HttpFetch = (request: Request, signal?: AbortSignal) => Promise<Response>;

/** System error numbers after which the request has certainly not reached the server. */
const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);

function systemCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : systemCode(error.cause);
}

/** The message of the first cause: fetch itself says no more than "fetch failed". */
const rootMessage = (error: unknown): string =>
  error instanceof Error ? (error.cause instanceof Error ? rootMessage(error.cause) : error.message) : String(error);

/** POSTs that only ask something; a token that nobody received harms nobody either. */
const onlyAsks = /\/(auth\/tokens|scan|check|preflight)$/;

const changes = (request: Request): boolean =>
  request.method !== "GET" && request.method !== "HEAD" && !onlyAsks.test(new URL(request.url).pathname);

/** Why there is no answer, in a person's words. A change whose answer got lost may have happened. */
function noAnswer(request: Request, error: unknown): CliError {
  const code = systemCode(error);
  const { origin } = new URL(request.url);
  const problem = code ?? rootMessage(error);
  if (changes(request) && !(code !== null && neverSent.has(code)))
    return new CliError(
      "OUTCOME_UNKNOWN",
      `The answer of ferry at ${origin} to ${request.method} was lost (${problem}): the request may have been carried out.`,
      {
        exitCode: exitCodes.unknown,
        remedy: "Look before you repeat it: ferry migration list, ferry host list.",
        cause: error,
      },
    );
  return new CliError("SERVER_UNREACHABLE", `Cannot reach ferry at ${origin}: ${problem}.`, {
    remedy: "Check that the ferry server runs there, and that OS_AUTH_URL (or cli.json in FERRY_HOME) names its address.",
    transient: true,
    cause: error,
  });
}

/** Aborted by the caller or by the deadline, whichever are there. */
function limited(signal: AbortSignal | undefined, timeoutMs: number | null): AbortSignal {
  const signals = [signal, timeoutMs === null ? undefined : AbortSignal.timeout(timeoutMs)];
  return AbortSignal.any(signals.filter((one) => one !== undefined));
}

/** `fetch` with a deadline of `timeoutMs` until the answer is complete (none when null), and with sentences instead of bare system errors. */
export const httpFetch =
  (timeoutMs: number | null): HttpFetch =>
  async (request, signal) => {
    try {
      return await fetch(request, { signal: limited(signal, timeoutMs), redirect: "error" });
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw noAnswer(request, error);
    }
  };
