import type { ErrorCode } from "@ferry/core";

/** What the process tells its caller; one table for the code and for `ferry help exit-codes`. 0, 1, 2 and 4 mean what they mean for GitHub's gh. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  cancelled: 2,
  needsLogin: 4,
  refused: 10,
  timedOut: 11,
  unknown: 12,
  usage: 64,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Meaning of each code, in numeric order. */
export const exitCodeMeanings: readonly (readonly [ExitCode, string])[] = [
  [exitCodes.ok, "ok: what was asked for is done"],
  [exitCodes.failed, "failed: the request was refused, the action failed, or the migration failed and the server runs on at its source"],
  [exitCodes.cancelled, "cancelled: the migration was aborted, the question was answered with no, or Ctrl-C detached from what goes on"],
  [exitCodes.needsLogin, "needs login: no credentials, or the server refused them"],
  [exitCodes.refused, "refused by a check: nothing was changed; each check is printed with its remedy"],
  [exitCodes.timedOut, "timed out: --timeout ended the waiting; what was asked for goes on"],
  [exitCodes.unknown, "outcome unknown: contact was lost, or ferry itself does not know yet where the server runs"],
  [exitCodes.usage, "usage: unknown command, option or argument"],
];

/** Error codes that mean: a check, or the room on the hosts, refused the move before anything changed for good. */
const refusalCodes: ReadonlySet<string> = new Set([
  "CHECKS_REFUSED",
  "NO_VALID_HOST",
  "CAPACITY_SHORT",
  "DESTINATION_OCCUPIED",
] satisfies ErrorCode[]);

/** The exit code for an error of ferry's catalogue. */
export function exitCodeOfError(code: string | null): ExitCode {
  if (code === "UNAUTHENTICATED") return exitCodes.needsLogin;
  if (code === "WHEREABOUTS_UNKNOWN") return exitCodes.unknown;
  return code !== null && refusalCodes.has(code) ? exitCodes.refused : exitCodes.failed;
}
