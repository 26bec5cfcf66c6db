import type { ErrorCode } from "@ferry/core";
import { CliError } from "../cli-error.ts";
import { exitCodeOfError, exitCodes } from "../exit-codes.ts";

/** What an answer gives: `data` when it is a success, else `error` with the parsed body. */
export interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

const seeServers = 'Look with "ferry list" which servers there are.';
const seeHosts = 'Look with "ferry host list" which hosts there are.';
const seeMigrations = 'Look with "ferry migration list" which migrations there are and how they ended.';

/** The next command for errors whose sentence, made for every client, cannot name one. */
const remediesByCode: Readonly<Partial<Record<ErrorCode, string>>> = {
  SERVER_NOT_FOUND: seeServers,
  SERVER_WRONG_STATE: 'Look with "ferry show SERVER" at its state.',
  SERVER_LOCKED: 'Take the lock off with "ferry unlock SERVER", if it is yours; administrators may take off any.',
  SERVER_MIGRATION_PENDING: 'Watch it with "ferry migration watch MIGRATION".',
  HOST_NOT_FOUND: seeHosts,
  COMPUTE_HOST_NOT_FOUND: seeHosts,
  HOST_EXISTS: 'Look with "ferry host list"; "ferry host remove HOST" forgets one.',
  HOST_IN_USE: 'Look with "ferry migration list --host HOST" which migrations are not finished.',
  HOST_UNREACHABLE: "Try the SSH login from the machine on which ferry runs; when it works, repeat the command.",
  NO_VALID_HOST: 'Look with "ferry preflight SERVER" why no host can take it.',
  CHECKS_REFUSED: 'Look with "ferry preflight SERVER" what each check says.',
  MIGRATION_NOT_FOUND: seeMigrations,
  MIGRATION_UNKNOWN: seeMigrations,
  MIGRATION_NOT_IN_PROGRESS: seeMigrations,
  MIGRATION_NOT_ABORTABLE: seeMigrations,
  MIGRATION_UNSTOPPABLE: seeMigrations,
};

const remediesByStatus: Readonly<Record<number, string>> = {
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

const remedyOf = (code: string, status: number): string | null =>
  (remediesByCode as Readonly<Record<string, string>>)[code] ?? remediesByStatus[status] ?? null;

/** The error that an answer other than a success stands for. Its code is ferry's own (`X-Ferry-Error-Code`), else Nova's name for it. */
export function faultOf({ response, error }: Answer<unknown>): CliError {
  const { status, headers } = response;
  const envelope = readEnvelope(error);
  const code = headers.get("x-ferry-error-code") ?? envelope?.key ?? `HTTP_${status}`;
  const sentence = envelope?.message ?? `Ferry answered ${status} without a sentence; a proxy in between may have answered instead.`;
  return new CliError(code, sentence, {
    exitCode: status === 401 ? exitCodes.needsLogin : exitCodeOfError(code),
    remedy: remedyOf(code, status),
    requestId: headers.get("x-openstack-request-id"),
    transient: status >= 500,
  });
}

/** The data of a successful answer; throws the fault of any other. */
export function answered<Data>(answer: Answer<Data>): Data {
  if (!answer.response.ok) throw faultOf(answer);
  // openapi-fetch gives `data` for every success; it is undefined only where the contract has no body.
  return answer.data as Data;
}
