import { SshConnectError, type SshFailure } from "./ssh-errors.ts";

/** `level` of the errors that ssh2 emits, mapped to what went wrong. */
const kinds: Readonly<Record<string, SshFailure>> = {
  "client-authentication": "authentication",
  "client-timeout": "timeout",
  "client-socket": "unreachable",
};

/** The system's error numbers that say more than the level. */
const kindsByCode: Readonly<Record<string, SshFailure>> = {
  ENOTFOUND: "unknown-name",
  EAI_AGAIN: "unknown-name",
  ECONNREFUSED: "refused",
};

const textOf = (error: unknown, key: "code" | "level"): string => {
  const value = error instanceof Error ? (error as { code?: unknown; level?: unknown })[key] : undefined;
  return typeof value === "string" ? value : "";
};

/** An error of ssh2 before the connection was ready, in our words. */
export function sshConnectError(address: string, error: unknown): SshConnectError {
  return new SshConnectError(address, kindsByCode[textOf(error, "code")] ?? kinds[textOf(error, "level")] ?? "protocol", error);
}
