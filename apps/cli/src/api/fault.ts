import { CliError } from "../cli-error.ts";
import { exitCodeOfError, exitCodes } from "../exit-codes.ts";

/** What an answer gives: `data` when it is a success, else `error` with the parsed body. */
export interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

const remedies: Readonly<Record<number, string>> = {
  401: "Check OS_USERNAME, OS_PASSWORD and OS_PROJECT_NAME (or OS_TOKEN), or the file cli.json in FERRY_HOME.",
  403: "Use an account whose role in the project allows it; host commands and moves need the role admin.",
  406: "This ferry server speaks other microversions; use the ferry command that belongs to it.",
  429: "Wait a little and repeat the command.",
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** Nova's envelope `{"itemNotFound": {"code": 404, "message": "…"}}`, or Identity's with the key `error`. */
function readEnvelope(body: unknown): { key: string; message: string } | null {
  if (!isRecord(body)) return null;
  const [key, fault] = Object.entries(body)[0] ?? [];
  if (key === undefined || !isRecord(fault) || typeof fault.message !== "string") return null;
  return { key: key === "error" ? "unauthorized" : key, message: fault.message };
}

/** The error that an answer other than a success stands for. `remedy` is used where the status alone does not tell one. */
export function faultOf({ response, error }: Answer<unknown>, remedy: string | null = null): CliError {
  const { status, headers } = response;
  const envelope = readEnvelope(error);
  const code = headers.get("x-ferry-error-code") ?? envelope?.key ?? `HTTP_${status}`;
  const sentence = envelope?.message ?? `Ferry answered ${status} without a sentence; a proxy in between may have answered instead.`;
  return new CliError(code, sentence, {
    exitCode: status === 401 ? exitCodes.needsLogin : exitCodeOfError(code),
    remedy: remedies[status] ?? remedy,
    requestId: headers.get("x-openstack-request-id"),
  });
}

/** The data of a successful answer; throws the fault of any other. */
export function answered<Data>(answer: Answer<Data>, remedy: string | null = null): Data {
  if (!answer.response.ok) throw faultOf(answer, remedy);
  // openapi-fetch gives `data` for every success; it is undefined only where the contract has no body.
  return answer.data as Data;
}
