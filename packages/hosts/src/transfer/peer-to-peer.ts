import type { TransferOutcome } from "@ferry/core";
import type { DomainHandle, LibvirtConnection } from "@ferry/libvirt";
import { traitsOf } from "../hypervisor/traits/traits-of.ts";
import { type CallEnd, callEnd } from "./call-end.ts";
import { conclude } from "./conclude.ts";
import { transferFlags } from "./flags.ts";
import { watchHandover } from "./handover-watch.ts";
import { peerUri, transferParameters } from "./parameters.ts";
import type { Parties } from "./parties.ts";
import type { Run } from "./run.ts";

const NO_COOKIE = Buffer.alloc(0);

/**
 * The source's libvirtd drives: one call that lasts until all is over. The guest is handed over earlier, when the destination runs it, and
 * that is when this resolves; the call goes on in the background. Losing the call's connection ends nothing: both hosts are watched instead.
 */
export async function runPeerToPeer(parties: Parties, run: Run): Promise<TransferOutcome> {
  const connection = await parties.source.dedicated();
  const perform = performCall(parties, connection).finally(() => connection.close());
  run.inBackground(perform);
  const watching = new AbortController();
  try {
    const arrived = watchHandover(parties, watching.signal);
    const first = await Promise.race([perform, arrived.then(() => null)]);
    return first === null ? { kind: "handed-over" } : await afterPerform(parties, first, arrived, run);
  } finally {
    watching.abort();
  }
}

async function performCall(parties: Parties, connection: LibvirtConnection): Promise<CallEnd<unknown>> {
  const { source, request } = parties;
  return await callEnd(async () => {
    const { dom } = await connection.call("domainLookupByUuid", { uuid: request.guest.uuid });
    return await source.transferCall(connection, "domainMigratePerform3Params", performArgs(parties, dom));
  });
}

function performArgs({ request, source }: Parties, dom: DomainHandle) {
  if (!request.peer) throw new TypeError("A peer-to-peer transfer needs a login at the destination: set `peer`");
  const traits = traitsOf(source.address.uri);
  const dconnuri = peerUri(request, request.peer, traits);
  return { dom, dconnuri, params: transferParameters(request, traits), cookieIn: NO_COOKIE, flags: transferFlags(request, traits).source };
}

/** The call ended before the destination was seen to run the guest: both hosts say what that means. */
async function afterPerform(parties: Parties, end: CallEnd<unknown>, arrived: Promise<boolean>, run: Run): Promise<TransferOutcome> {
  const reason = end.kind === "answered" ? "libvirt reported success" : end.error.message;
  const outcome = await Promise.race([conclude(parties, reason, () => run.signal.aborted), arrived.then(() => null)]);
  return outcome ?? { kind: "handed-over" };
}
