import { type HostPresence, isFerryError } from "@ferry/core";
import { SshConnectError, SshFileError } from "@ferry/libvirt";
import type { HostLink } from "./host-link.ts";

/**
 * Whether anything of the host answers, by a round trip to its sshd. A refused connection is an answer of its kernel, a refused login or another
 * key one of its sshd: guests may run there. Only an address from which nothing at all comes back is silent.
 */
export async function presenceOf(link: HostLink): Promise<HostPresence> {
  try {
    const session = await link.sessionNow();
    await link.translated("look at the root directory", () => session.files.stat("/"));
    return { kind: "answers", problem: "its sshd answers" };
  } catch (error) {
    if (!isFerryError(error)) throw error;
    return judge(error.code, error.cause);
  }
}

function judge(code: string, cause: unknown): HostPresence {
  if (cause instanceof SshConnectError && (cause.kind === "unreachable" || cause.kind === "timeout"))
    return { kind: "silent", problem: cause.problem };
  if (cause instanceof SshConnectError && cause.kind === "refused")
    return { kind: "answers", problem: "it refuses connections to its SSH port, so its kernel runs" };
  if (code === "HOST_LOGIN_REFUSED") return { kind: "answers", problem: "its sshd answers, with a refused login" };
  if (code === "HOST_KEY_CHANGED") return { kind: "answers", problem: "its sshd answers, with another host key" };
  if (cause instanceof SshFileError) return { kind: "answers", problem: "its sshd answers" };
  return { kind: "unknown", problem: "an earlier connection to it has not ended yet; ask again in a minute" };
}
