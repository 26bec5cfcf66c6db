import { affectFlags, type DomainHandle, type LibvirtConnection, xmlFlags } from "@ferry/libvirt";
import { unguardedCards } from "@ferry/libvirt-xml";
import { ofGuest } from "../hypervisor/handle.ts";

/**
 * Gives the guest's cards the filter: in the persistent definition first, so that no start in between is without it, then in the running guest,
 * where libvirt puts the rules in force before it answers. Null when there is no such guest.
 */
export const guardGuest = (connection: LibvirtConnection, uuid: string, guard: Guard): Promise<"guarded" | null> =>
  ofGuest<"guarded">(connection, uuid, async (dom) => {
    const [{ persistent }, { active }] = await Promise.all([
      connection.call("domainIsPersistent", { dom }),
      connection.call("domainIsActive", { dom }),
    ]);
    if (persistent === 1) await guardCards(connection, dom, guard, "config");
    if (active === 1) await guardCards(connection, dom, guard, "live");
    return "guarded";
  });

interface Guard {
  readonly filter: string;
  /** MAC -> parameter IP. */
  readonly addresses: Readonly<Record<string, string>>;
}

async function guardCards(connection: LibvirtConnection, dom: DomainHandle, guard: Guard, which: "live" | "config"): Promise<void> {
  const { xml } = await connection.call("domainGetXmlDesc", { dom, flags: which === "config" ? xmlFlags.inactive : 0 });
  for (const card of unguardedCards(xml, guard.filter, guard.addresses))
    await connection.call("domainUpdateDeviceFlags", { dom, xml: card.xml, flags: affectFlags[which] });
}
