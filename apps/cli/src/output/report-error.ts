import { CliError } from "../cli-error.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { type Io, writeLine } from "../io.ts";
import { escapeControls, escapeSentence, safeJson } from "./escape.ts";

interface Reporting {
  readonly io: Io;
  readonly json: boolean;
  /** Adds the stack and the causes: FERRY_DEBUG=1. */
  readonly debug: boolean;
}

const unexpected = (error: unknown): CliError =>
  new CliError("UNEXPECTED", `The command ended unexpectedly: ${error instanceof Error ? error.message : String(error)}`, {
    remedy: "Repeat it with FERRY_DEBUG=1 to see where, and report it.",
    cause: error,
  });

function causes(error: unknown): string[] {
  if (!(error instanceof Error)) return error === undefined ? [] : [String(error)];
  return [error.stack ?? error.message, ...causes(error.cause)];
}

/** What ends only this command, not what was asked for, is no error: it was detached from, took too long to watch, or was answered with no. */
const isNote = ({ exitCode }: CliError): boolean => exitCode === exitCodes.cancelled || exitCode === exitCodes.timedOut;

function textLines(error: CliError): string[] {
  const lines = [`${isNote(error) ? "note" : "error"}: ${error.code}: ${escapeSentence(error.message)}`];
  if (error.remedy !== null) lines.push(...`remedy: ${error.remedy}`.split("\n").map(escapeControls));
  if (error.requestId !== null) lines.push(`request id: ${escapeControls(error.requestId)}`);
  return lines;
}

/** Says what went wrong on standard error, as text or as one JSON object, and gives the exit code for it. */
export function reportError(thrown: unknown, { io, json, debug }: Reporting): ExitCode {
  const error = thrown instanceof CliError ? thrown : unexpected(thrown);
  const { code, message, remedy, requestId, exitCode } = error;
  if (json) writeLine(io.stderr, safeJson({ error: { code, message, remedy, requestId, exitCode } }, 0));
  else for (const line of textLines(error)) writeLine(io.stderr, line);
  if (debug) for (const line of causes(error)) writeLine(io.stderr, line.split("\n").map(escapeControls).join("\n"));
  return exitCode;
}
