import { type FerryError, fail, type HostAddress, isFerryError } from "@ferry/core";
import {
  AuthUnsupportedError,
  CallDeadlineError,
  ConnectionLostError,
  HostKeyChangedError,
  isDenied,
  LibvirtError,
  LibvirtUnreachableError,
  SshChannelError,
  SshClosedError,
  SshConnectError,
  SshDeadlineError,
  SshFileError,
  UnsupportedCallError,
} from "@ferry/libvirt";
import { XmlError } from "@ferry/libvirt-xml";

/** What the sentence of a translated error names besides the error itself. */
export interface ErrorPlace {
  readonly host: Pick<HostAddress, "name" | "address" | "port" | "user">;
  /** ferry's public key in OpenSSH form, for the remedy of a refused login. */
  readonly publicKey: string;
  /** What was attempted, to be read after "Cannot": `read the definition of guest web`. */
  readonly action: string;
  /** libvirt's version there as text, `unknown` when it could not be had. */
  readonly libvirtVersion: string;
}

/**
 * Every error of SSH, libvirt and its documents as an error of the catalogue, the original as its cause. Errors of the catalogue and of
 * unknown kinds (a caller's abort reason, a bug) pass unchanged.
 */
export function translate(error: unknown, place: ErrorPlace): unknown {
  if (isFerryError(error)) return error;
  return translateLogin(error, place) ?? translateSsh(error, place) ?? translateLibvirt(error, place) ?? error;
}

function translateLogin(error: unknown, { host, publicKey }: ErrorPlace): FerryError | null {
  if (error instanceof HostKeyChangedError) {
    const words = (key: HostKeyChangedError["pinned"]): string => `${key.type} ${key.fingerprint}`;
    return fail("HOST_KEY_CHANGED", { host: host.name, pinned: words(error.pinned), offered: words(error.presented) }, error);
  }
  if (error instanceof SshConnectError && error.kind === "authentication")
    return fail("HOST_LOGIN_REFUSED", { host: host.name, user: host.user, publicKey }, error);
  return null;
}

function translateSsh(error: unknown, { host }: ErrorPlace): FerryError | null {
  const problem = sshProblem(error);
  if (problem === null) return null;
  return fail("HOST_UNREACHABLE", { host: host.name, address: `${host.address}:${host.port}`, problem }, error);
}

function sshProblem(error: unknown): string | null {
  if (error instanceof SshConnectError) return error.problem;
  if (error instanceof SshClosedError) return "the SSH connection was lost";
  if (error instanceof SshDeadlineError) return "no answer in time";
  return null;
}

function translateLibvirt(error: unknown, place: ErrorPlace): FerryError | null {
  const { host, action, libvirtVersion } = place;
  if (error instanceof UnsupportedCallError)
    return fail("LIBVIRT_CALL_MISSING", { host: host.name, call: error.procedure, version: libvirtVersion }, error);
  const problem = unavailableProblem(error);
  if (problem !== null) return fail("LIBVIRT_UNAVAILABLE", { host: host.name, problem }, error);
  if (error instanceof LibvirtError || error instanceof XmlError || error instanceof SshFileError)
    return fail("HYPERVISOR_CALL_FAILED", { host: host.name, action, reason: error.message }, error);
  return null;
}

function unavailableProblem(error: unknown): string | null {
  if (error instanceof LibvirtUnreachableError || error instanceof SshChannelError) return "no libvirt daemon answers";
  if (error instanceof ConnectionLostError) return "the connection was lost";
  if (error instanceof CallDeadlineError) return "no answer in time";
  if (error instanceof AuthUnsupportedError) return "it asks for a login that ferry does not offer";
  if (isDenied(error)) return "it refuses this user";
  return null;
}
