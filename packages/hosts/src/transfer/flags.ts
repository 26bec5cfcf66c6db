import type { TransferRequest } from "@ferry/core";
import { migrateFlags as f } from "@ferry/libvirt";
import { qemu } from "../hypervisor/traits/qemu.ts";
import type { DriverTraits } from "../hypervisor/traits/traits.ts";

/** Flags of libvirt's migration calls, by side. */
export interface TransferFlags {
  readonly source: number;
  readonly destination: number;
}

/**
 * What every transfer wants: live, defined at the destination, broken off when a disk fails. The source's definition is left to a later step
 * (no UNDEFINE_SOURCE): it goes only after the destination was seen to run the guest. What the driver does not take is left out; what would be lost
 * by that, copied disks, no driver that lacks it is asked for.
 */
export function transferFlags(
  request: Pick<TransferRequest, "copyDisks" | "copyMode" | "transport" | "paused" | "tunnelled" | "unsafe">,
  { transferFlags: taken }: Pick<DriverTraits, "transferFlags"> = qemu,
): TransferFlags {
  const copy = request.copyMode === "full" ? f.nonSharedDisk : f.nonSharedInc;
  const asked = (request.tunnelled ? f.tunnelled : 0) | (request.unsafe ? f.unsafe : 0);
  const both = f.live | f.persistDest | (request.copyDisks.length > 0 ? copy : 0) | (request.paused ? f.paused : 0) | asked;
  const own = request.transport === "p2p" ? f.peer2peer : f.changeProtection;
  return { source: (both | f.abortOnError | own) & taken, destination: both & taken };
}
