import { type HostPorts, serverId } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { reserve, type Thing, undoArtifacts } from "../made-things.ts";
import type { MigrationPorts } from "../ports.ts";
import { filtersOf, placeSecurityFilters } from "../security/place-security-filters.ts";

/**
 * Has the destination hold the filters of the server's security groups before the guest is defined there: the dead host cannot give them, and libvirt
 * starts no guest whose filter it lacks. A server that no group guards needs nothing.
 */
export const placeGroupFilters: Step<MigrationPorts, null> = {
  name: "place-group-filters",
  phase: "setup",
  run: async ({ ports, outputOf, signal }) => {
    const { destinationId: hostId, guest } = outputOf(checkConditions);
    const { guard } = await ports.store.recall();
    if (guard === null) return null;
    const order = { serverId: serverId(guest.uuid), ...guard };
    const things = filtersOf(order).map(({ name }) => ({ hostId, kind: "nwfilter", key: name }) as const);
    const mine: Thing[] = [];
    for (const thing of things) if ((await reserve(ports, thing, signal)) === "mine") mine.push(thing);
    await placeSecurityFilters(order, await ports.hosts.host(hostId), () => ports.store.confirmLease());
    for (const thing of mine) await ports.ledger.made(thing);
    return null;
  },
  undo: ({ ports }) => ports.store.whileFirewallRests(() => undoArtifacts(ports, "nwfilter", takeAway)),
};

/** One that other guests or filters use stays. */
async function takeAway({ firewall }: HostPorts, name: string): Promise<unknown> {
  const filter = await firewall.filter(name);
  return filter === null ? "absent" : await firewall.remove(filter.uuid);
}
