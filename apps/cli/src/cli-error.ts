import { type ExitCode, exitCodes } from "./exit-codes.ts";

interface CliErrorDetails {
  readonly exitCode?: ExitCode;
  /** What to do about it: a sentence or a command; what must be copied whole stands on a line of its own. */
  readonly remedy?: string | null;
  /** `req-…` of the answer, for the server's log. */
  readonly requestId?: string | null;
  /** Whether the same request may succeed in a moment, because ferry is away or in trouble now. */
  readonly transient?: boolean;
  readonly cause?: unknown;
}

/** An error that is shown to the person at the terminal: code, sentence, remedy; the exit code comes with it. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly remedy: string | null;
  readonly requestId: string | null;
  readonly transient: boolean;

  constructor(code: string, sentence: string, details: CliErrorDetails = {}) {
    super(sentence, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.exitCode = details.exitCode ?? exitCodes.failed;
    this.remedy = details.remedy ?? null;
    this.requestId = details.requestId ?? null;
    this.transient = details.transient ?? false;
  }
}

/** An argument or option that cannot be understood. */
export const usageError = (sentence: string, remedy: string | null = null): CliError =>
  new CliError("USAGE", sentence, { exitCode: exitCodes.usage, remedy });
