import type { GuestTransfer, HostId, MoveAbilities, TransferOutcome, TransferRequest } from "@ferry/core";
import { traitsOf } from "../hypervisor/traits/traits-of.ts";
import type { HostLink } from "../link/host-link.ts";
import { abortJob, abortUntilEnded } from "./abort.ts";
import { Background } from "./background.ts";
import { runDirect } from "./direct.ts";
import type { Parties } from "./parties.ts";
import { runPeerToPeer } from "./peer-to-peer.ts";
import { endWhenOutOfReach, type Glance } from "./reach-watch.ts";
import { wayOf } from "./way.ts";

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
    const { moves } = traitsOf(parties.source.address.uri);
    requireAbility(request, moves);
    const ended = new AbortController();
    const onAbort = (): void => void abortUntilEnded(wayOf(parties), ended.signal).catch(report);
    if (moves.aborts) {
      signal.addEventListener("abort", onAbort, { once: true });
      endWhenOutOfReach(wayOf(parties), ended.signal).catch(report);
    }
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
    abort: async (source, uuid, { destinationReachable }) => {
      const link = await linkOf(source);
      if (traitsOf(link.address.uri).moves.aborts) await abortJob(link, uuid, destinationReachable);
    },
    endWhenOutOfReach: async ({ source, destination, uuid }, over) => {
      const [link, { address }] = [await linkOf(source), await linkOf(destination)];
      if (!traitsOf(link.address.uri).moves.aborts) return;
      const way = { source: link, uuid, address: address.migrationAddress, port: address.port };
      await endWhenOutOfReach(way, over, [answeredOnce]);
    },
  };
}

/** A transfer under way has been led through this login: the way has answered. */
const answeredOnce: Glance = { reach: "open", bytes: null };

/** The checks see to it that nothing else is asked for; a flag left out for a driver that does not know it would start a guest on an empty disk. */
function requireAbility({ transport, copyDisks }: TransferRequest, { transports, copiesDisks }: MoveAbilities): void {
  if (transports.includes(transport) && (copiesDisks || copyDisks.length === 0)) return;
  throw new TypeError(
    `This hypervisor cannot transfer a guest by ${transport} with ${copyDisks.length} disks to copy: leave it to the checks to refuse that`,
  );
}
