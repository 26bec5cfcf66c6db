import { randomUUID } from "node:crypto";
import { type Firewall, type FirewallOrder, fail, guardName, type HostPorts } from "@ferry/core";
import { buildNwfilter, type NewFilter, parseNwfilter, securityFilters } from "@ferry/libvirt-xml";

type Order = Pick<FirewallOrder, "serverId" | "groups" | "addresses">;

/** Called right before something is changed on a host: throws when this worker has lost the right to. */
export type Confirm = () => Promise<void>;

/**
 * Has the host hold the server's network filters as its groups make them; libvirt changes the rules of a guest that runs before it answers. What is
 * as it should be is left alone. Throws HOST_FIREWALL_BLIND where rules would be without effect.
 */
export async function placeSecurityFilters(order: Order, { firewall, address }: HostPorts, confirm: Confirm): Promise<void> {
  for (const filter of filtersOf(order)) await placeFilter(filter, firewall, confirm);
  if ((await firewall.seesBridgedTraffic()) === false) throw fail("HOST_FIREWALL_BLIND", { host: address.name });
}

/** The same where the server is guarded already; false where it is not, and nothing was done. */
export async function refreshSecurityFilters(order: Order, host: HostPorts, confirm: Confirm): Promise<boolean> {
  if ((await host.firewall.filter(guardName(order.serverId))) === null) return false;
  await placeSecurityFilters(order, host, confirm);
  return true;
}

/** The server's own filter and those that it refers to, which come first. */
export const filtersOf = ({ serverId: id, groups, addresses }: Order): NewFilter[] =>
  securityFilters({ id, groups, guard: addresses === null ? "mac" : "address" });

/** A filter that is there keeps its uuid, whoever placed it: libvirt changes rules by name and uuid. */
async function placeFilter({ name, rulesXml }: NewFilter, firewall: Firewall, confirm: Confirm): Promise<void> {
  const present = await firewall.filter(name);
  const wanted = { name, uuid: present?.uuid ?? randomUUID(), rulesXml };
  if (present?.rulesXml === parseNwfilter(buildNwfilter(wanted)).rulesXml) return;
  await confirm();
  await firewall.define(wanted);
}
