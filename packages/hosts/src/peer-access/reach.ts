import type { Duplex } from "node:stream";
import type { Reachability } from "@ferry/core";
import { SshChannelError, type SshSession } from "@ferry/libvirt";

/** SSH_OPEN_ADMINISTRATIVELY_PROHIBITED (RFC 4254, 5.1): sshd's configuration forbids it. */
const PROHIBITED = 1;
/** A refusal comes at once; that a host is not there the kernel tells after some seconds, with the same reason code. */
const AT_ONCE_MS = 2_000;
type Answer = Exclude<Reachability, "silent"> | "late";

/** Opens a TCP connection from the host behind `session`, and closes it at once. */
export async function reach(session: SshSession, address: string, port: number, deadlineMs: number): Promise<Reachability> {
  const { promise: silence, resolve } = Promise.withResolvers<Reachability>();
  const timer = setTimeout(() => resolve("silent"), deadlineMs);
  try {
    return await Promise.race([tryTwice(session, address, port), silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** A refusal counts only when it comes at once twice: the first may be the late end of somebody else's vain attempt. */
async function tryTwice(session: SshSession, address: string, port: number): Promise<Reachability> {
  const first = await tryOut(session, address, port);
  const answer = first === "refused" ? await tryOut(session, address, port) : first;
  return answer === "late" ? "silent" : answer;
}

async function tryOut(session: SshSession, address: string, port: number): Promise<Answer> {
  const startedAt = performance.now();
  try {
    hangUp(await session.forwardOut(address, port));
    return "open";
  } catch (error) {
    if (!(error instanceof SshChannelError)) throw error;
    if (reasonOf(error) === PROHIBITED) return "forbidden";
    return performance.now() - startedAt < AT_ONCE_MS ? "refused" : "late";
  }
}

function hangUp(channel: Duplex): void {
  channel.on("error", () => undefined);
  channel.destroy();
}

function reasonOf({ cause }: SshChannelError): unknown {
  return cause instanceof Error && "reason" in cause ? cause.reason : undefined;
}
