import type { DefinitionView, GuestDocument } from "@ferry/core";
import { type DomainHandle, isOperationInvalid, type LibvirtConnection, xmlFlags } from "@ferry/libvirt";
import { parseDomain } from "@ferry/libvirt-xml";

/**
 * A definition for a move. `xml` is the migratable form with secrets. The live backing chain and block jobs are not in that form, so for a
 * running guest disks and immovable things are read from the full one. Null when there is no such view (a transient guest has no persistent one).
 */
export async function readDocument(connection: LibvirtConnection, dom: DomainHandle, view: DefinitionView): Promise<GuestDocument | null> {
  try {
    return view === "live" ? await readLive(connection, dom) : await readPersistent(connection, dom);
  } catch (error) {
    if (isOperationInvalid(error)) return null;
    throw error;
  }
}

async function readLive(connection: LibvirtConnection, dom: DomainHandle): Promise<GuestDocument> {
  const [migratable, full] = await Promise.all([
    connection.call("domainGetXmlDesc", { dom, flags: xmlFlags.secure | xmlFlags.migratable }),
    connection.call("domainGetXmlDesc", { dom, flags: 0 }),
  ]);
  const { disks, interfaces, immovable } = parseDomain(full.xml);
  return { definition: { ...parseDomain(migratable.xml), disks, interfaces, immovable }, xml: migratable.xml };
}

async function readPersistent(connection: LibvirtConnection, dom: DomainHandle): Promise<GuestDocument | null> {
  const { persistent } = await connection.call("domainIsPersistent", { dom });
  if (persistent === 0) return null;
  const flags = xmlFlags.secure | xmlFlags.migratable | xmlFlags.inactive;
  const { xml } = await connection.call("domainGetXmlDesc", { dom, flags });
  return { definition: parseDomain(xml), xml };
}
