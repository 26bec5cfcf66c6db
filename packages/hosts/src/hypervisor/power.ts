import { type LibvirtConnection, undefineFlags } from "@ferry/libvirt";
import { unlessAlreadySo } from "../link/unless-already-so.ts";
import { ofGuest } from "./handle.ts";

/** Each of these says nothing when the guest is already as wanted, or not there. */

export async function resumeGuest(connection: LibvirtConnection, uuid: string): Promise<void> {
  await ofGuest(connection, uuid, (dom) => unlessAlreadySo(connection.call("domainResume", { dom })));
}

export async function pauseGuest(connection: LibvirtConnection, uuid: string): Promise<void> {
  await ofGuest(connection, uuid, (dom) => unlessAlreadySo(connection.call("domainSuspend", { dom })));
}

export async function destroyGuest(connection: LibvirtConnection, uuid: string): Promise<void> {
  await ofGuest(connection, uuid, (dom) => unlessAlreadySo(connection.call("domainDestroyFlags", { dom, flags: 0 })));
}

/** Removes the definition and a managed save image; the nvram file is left where it is. */
export async function undefineGuest(connection: LibvirtConnection, uuid: string): Promise<void> {
  const flags = undefineFlags.managedSave | undefineFlags.keepNvram;
  await ofGuest(connection, uuid, (dom) => unlessAlreadySo(connection.call("domainUndefineFlags", { dom, flags })));
}
