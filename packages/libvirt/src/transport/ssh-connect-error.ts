import { SshConnectError, type SshFailure } from "./ssh-errors.ts";

/** `level` of the errors that ssh2 emits, mapped to what went wrong. */
const kinds: Readonly<Record<string, SshFailure>> = {
  "client-authentication": "authentication",
  "client-timeout": "timeout",
  "client-socket": "unreachable",
  "client-dns": "unreachable",
};

/** An error of ssh2 before the connection was ready, in our words. */
export function sshConnectError(address: string, error: unknown): SshConnectError {
  const level = error instanceof Error && "level" in error ? error.level : undefined;
  return new SshConnectError(address, (typeof level === "string" && kinds[level]) || "protocol", error);
}
