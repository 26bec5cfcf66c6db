import { guardName, type HostPorts } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { baseFilterName } from "@ferry/libvirt-xml";
import { occupied, reserve } from "../made-things.ts";
import { type Confirm, placeSecurityFilters } from "../security/place-security-filters.ts";
import type { CreatePorts } from "./ports.ts";
import { undoServerFilters } from "./undo-creation.ts";

/** What the server's cards are to be guarded by. */
export interface PlacedGuard {
  readonly filter: string;
  /** MAC -> the address that the card is held to. */
  readonly addresses: Readonly<Record<string, string>>;
}

/**
 * Has the host hold the filters of the server's security groups before it is defined: they are in force before the guest's first instruction. Null:
 * the server is in no group, or has no card. The ledger knows the server's own filter only: the one below it is shared, and goes with its last user.
 */
export const placeServerFilters: Step<CreatePorts, PlacedGuard | null> = {
  name: "place-server-filters",
  phase: "setup",
  run: async ({ ports, signal }) => {
    const { serverId, hostId, nics, guard } = await ports.build.task();
    if (guard === null || nics.length === 0) return null;
    const host = await ports.hosts.host(hostId);
    const filter = guardName(serverId);
    const thing = { hostId, kind: "nwfilter", key: filter } as const;
    if ((await reserve(ports, thing, signal)) !== "mine") throw occupied(host.address.name, `nwfilter ${filter}`);
    await place({ serverId, ...guard }, host, () => ports.build.confirm());
    await ports.ledger.made(thing);
    return { filter, addresses: guard.addresses ?? {} };
  },
  undo: async ({ ports }) => undoServerFilters(ports),
};

/** Somebody may take the shared filter away right after it was found there, with the last server that it guarded: then it is placed once more. */
async function place(order: Parameters<typeof placeSecurityFilters>[0], host: HostPorts, confirm: Confirm): Promise<void> {
  const failure = await placeSecurityFilters(order, host, confirm).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  if ((await host.firewall.filter(baseFilterName)) === null) await placeSecurityFilters(order, host, confirm);
  else if (failure !== null) throw failure.error;
}
