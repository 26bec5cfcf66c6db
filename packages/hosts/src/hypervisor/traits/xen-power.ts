import { type DomainHandle, domainStates, isOperationInvalid, type LibvirtConnection, LibvirtError, pausedReasons } from "@ferry/libvirt";
import type { TraitsHost } from "./traits.ts";

/**
 * Continues a paused guest. After a transfer that the destination refused, libvirt calls the guest paused although Xen runs it, and then cannot
 * continue it: Xen is told to pause it for real, and libvirt tries again. No moment passes in which it runs elsewhere.
 */
export async function resumeXenGuest({ connection, session }: TraitsHost, dom: DomainHandle): Promise<void> {
  try {
    await connection.call("domainResume", { dom });
  } catch (error) {
    if (!(error instanceof LibvirtError)) throw error;
    if (!(await isCalledPaused(connection, dom))) return unlessInvalid(error);
    const { code } = await (await session()).exec(["xl", "pause", String(dom.id)]);
    if (code !== 0) throw error;
    await connection.call("domainResume", { dom });
  }
}

/** Error 55 means that the guest runs already. */
function unlessInvalid(error: LibvirtError): void {
  if (!isOperationInvalid(error)) throw error;
}

async function isCalledPaused(connection: LibvirtConnection, dom: DomainHandle): Promise<boolean> {
  const { state, reason } = await connection.call("domainGetState", { dom, flags: 0 });
  return state === domainStates.paused && reason === pausedReasons.migration;
}

/** The driver has no reset: the guest is ended and started again. */
export async function resetXenGuest(connection: LibvirtConnection, dom: DomainHandle): Promise<void> {
  await connection.call("domainDestroyFlags", { dom, flags: 0 });
  await connection.call("domainCreateWithFlags", { dom, flags: 0 });
}
