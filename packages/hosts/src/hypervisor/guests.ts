import type { GuestSummary, GuestText } from "@ferry/core";
import { type DomainHandle, isNoDomain, type LibvirtConnection, listDomainsFlags, xmlFlags } from "@ferry/libvirt";
import { parseDomain, XmlError } from "@ferry/libvirt-xml";
import { withSavedReason } from "./saved-reason.ts";
import { guestState } from "./states.ts";
import type { DriverTraits } from "./traits/traits.ts";

/** Told of a guest whose definition cannot be read; the other guests of the host are shown. */
export type Report = (problem: Error) => void;

/** All guests of the host, running or not. A guest that disappears while the list is read is left out. */
export async function readGuests(connection: LibvirtConnection, report: Report, traits: DriverTraits): Promise<GuestSummary[]> {
  const { domains } = await connection.call("connectListAllDomains", { needResults: 1, flags: 0 });
  const summaries = await Promise.all(domains.filter(traits.isGuest).map((dom) => readReadable(connection, dom, report)));
  return summaries.filter((summary) => summary !== null);
}

async function readReadable(connection: LibvirtConnection, dom: DomainHandle, report: Report): Promise<GuestSummary | null> {
  try {
    return await readGuest(connection, dom);
  } catch (error) {
    if (isNoDomain(error)) return null;
    if (!(error instanceof XmlError)) throw error;
    report(new Error(`Cannot show guest ${dom.uuid}: its definition cannot be read`, { cause: error }));
    return null;
  }
}

/** The persistent definitions of all guests that have one, secrets included. */
export async function readDefinitions(connection: LibvirtConnection, traits: DriverTraits): Promise<GuestText[]> {
  const { domains } = await connection.call("connectListAllDomains", { needResults: 1, flags: listDomainsFlags.persistent });
  const texts = await Promise.all(domains.filter(traits.isGuest).map((dom) => readDefinition(connection, dom)));
  return texts.filter((text) => text !== null);
}

async function readDefinition(connection: LibvirtConnection, dom: DomainHandle): Promise<GuestText | null> {
  try {
    const { xml } = await connection.call("domainGetXmlDesc", { dom, flags: xmlFlags.secure | xmlFlags.migratable | xmlFlags.inactive });
    return { uuid: dom.uuid, xml };
  } catch (error) {
    if (isNoDomain(error)) return null;
    throw error;
  }
}

/** One guest: its live definition while it runs, else the persistent one. */
export async function readGuest(connection: LibvirtConnection, dom: DomainHandle): Promise<GuestSummary> {
  const [{ xml }, { state, reason }, { persistent }] = await Promise.all([
    connection.call("domainGetXmlDesc", { dom, flags: 0 }),
    connection.call("domainGetState", { dom, flags: 0 }),
    connection.call("domainIsPersistent", { dom }),
  ]);
  const seen = await withSavedReason(connection, dom, guestState(state, reason));
  return { definition: parseDomain(xml), ...seen, persistent: persistent === 1 };
}
