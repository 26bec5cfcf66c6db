import type { TransferRequest } from "@ferry/core";
import { migrateFlags as f } from "@ferry/libvirt";

/** Flags of libvirt's migration calls, by side. */
export interface TransferFlags {
  readonly source: number;
  readonly destination: number;
}

/**
 * What every transfer wants: live, defined at the destination, broken off when a disk fails. The source's definition is left to a later step
 * (no UNDEFINE_SOURCE): it goes only after the destination was seen to run the guest.
 */
export function transferFlags(request: Pick<TransferRequest, "copyDisks" | "copyMode" | "transport" | "paused">): TransferFlags {
  const copy = request.copyMode === "full" ? f.nonSharedDisk : f.nonSharedInc;
  const both = f.live | f.persistDest | (request.copyDisks.length > 0 ? copy : 0) | (request.paused ? f.paused : 0);
  const own = request.transport === "p2p" ? f.peer2peer : f.changeProtection;
  return { source: both | f.abortOnError | own, destination: both };
}
