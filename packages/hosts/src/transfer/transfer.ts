import type { GuestTransfer, HostId, TransferOutcome, TransferRequest } from "@ferry/core";
import type { HostLink } from "../link/host-link.ts";
import { abortJob, abortUntilEnded } from "./abort.ts";
import { Background } from "./background.ts";
import { runDirect } from "./direct.ts";
import type { Parties } from "./parties.ts";
import { runPeerToPeer } from "./peer-to-peer.ts";
import { endWhenOutOfReach } from "./reach-watch.ts";

export interface TransferDependencies {
  /** The link to a host of the record. */
  readonly linkOf: (id: HostId) => Promise<HostLink>;
  /** See `Parties`. */
  readonly patienceMs: number;
  /** Told of a failure that nobody waits for. */
  readonly report: (problem: Error) => void;
}

/** Moves guests between hosts by libvirt's migration calls. */
export function libvirtTransfer({ linkOf, patienceMs, report }: TransferDependencies): GuestTransfer {
  const background = new Background();

  async function run(request: TransferRequest, source: HostId, destination: HostId, signal: AbortSignal): Promise<TransferOutcome> {
    if (signal.aborted) return { kind: "stayed", reason: "the move was aborted before it began", aborted: true };
    const parties: Parties = { request, source: await linkOf(source), destination: await linkOf(destination), patienceMs };
    const ended = new AbortController();
    const onAbort = (): void => void abortUntilEnded(parties, ended.signal).catch(report);
    signal.addEventListener("abort", onAbort, { once: true });
    endWhenOutOfReach(parties, ended.signal).catch(report);
    try {
      const transport = request.transport === "p2p" ? runPeerToPeer : runDirect;
      return await transport(parties, { signal, inBackground: (work) => background.add(request.migrationId, work) });
    } finally {
      signal.removeEventListener("abort", onAbort);
      ended.abort();
    }
  }

  return {
    run,
    settle: (migrationId) => background.settle(migrationId),
    abort: async (source, uuid, { destinationReachable }) => await abortJob(await linkOf(source), uuid, destinationReachable),
  };
}
