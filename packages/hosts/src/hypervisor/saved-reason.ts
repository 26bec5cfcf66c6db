import type { GuestState, GuestStateReason } from "@ferry/core";
import type { DomainHandle, LibvirtConnection } from "@ferry/libvirt";

interface Seen {
  readonly state: GuestState;
  readonly reason: GuestStateReason;
}

/**
 * A guest that is off with its memory on the host's disk has the reason `saved`. libvirt's own reason says so only until its daemon is started
 * again, so the image itself is asked for.
 */
export async function withSavedReason(connection: LibvirtConnection, dom: DomainHandle, seen: Seen): Promise<Seen> {
  if (seen.state !== "shutoff") return seen;
  const { result } = await connection.call("domainHasManagedSaveImage", { dom, flags: 0 });
  return result === 1 ? { ...seen, reason: "saved" } : seen;
}
