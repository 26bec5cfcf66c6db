import { type LibvirtConnection, saveFlags, saveImageXmlFlags } from "@ferry/libvirt";
import { parseDomain } from "@ferry/libvirt-xml";
import { unlessAlreadySo } from "../link/unless-already-so.ts";
import { unlessActive, unlessOff } from "./activity.ts";
import { ofGuest } from "./handle.ts";

/** Saving and restoring take as long as writing or reading a file of the guest's memory size: give them a connection of their own. */

export async function managedSaveGuest(connection: LibvirtConnection, uuid: string): Promise<void> {
  await ofGuest(connection, uuid, (dom) => unlessOff(connection, uuid, connection.call("domainManagedSave", { dom, flags: 0 })));
}

export async function hasManagedSave(connection: LibvirtConnection, uuid: string): Promise<boolean> {
  const answer = await ofGuest(connection, uuid, (dom) => connection.call("domainHasManagedSaveImage", { dom, flags: 0 }));
  return answer?.result === 1;
}

export async function dropManagedSave(connection: LibvirtConnection, uuid: string): Promise<void> {
  if (!(await hasManagedSave(connection, uuid))) return;
  await ofGuest(connection, uuid, (dom) => unlessAlreadySo(connection.call("domainManagedSaveRemove", { dom, flags: 0 })));
}

export async function saveGuest(connection: LibvirtConnection, uuid: string, path: string): Promise<void> {
  const { dom } = await connection.call("domainLookupByUuid", { uuid });
  await connection.call("domainSaveFlags", { dom, to: path, dxml: null, flags: 0 });
}

export async function readSavedXml(connection: LibvirtConnection, path: string): Promise<string> {
  return (await connection.call("domainSaveImageGetXmlDesc", { file: path, flags: saveImageXmlFlags.secure })).xml;
}

export async function restoreGuest(
  connection: LibvirtConnection,
  path: string,
  xml: string,
  { paused }: { readonly paused?: boolean } = {},
): Promise<void> {
  const flags = paused === undefined ? 0 : paused ? saveFlags.paused : saveFlags.running;
  await unlessActive(connection, parseDomain(xml).uuid, connection.call("domainRestoreFlags", { from: path, dxml: xml, flags }));
}
