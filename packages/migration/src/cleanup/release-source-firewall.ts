import type { ArtifactLedger, Firewall, HostId, MigrationId } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { isSecurityFilter } from "@ferry/libvirt-xml";
import { checkConditions } from "../check/check-conditions.ts";
import type { MigrationPorts } from "../ports.ts";
import { placedFilterUuid } from "../setup/place-firewall-rules.ts";

/**
 * Releases the guest's firewall rules at the source. libvirt took the rules in force down with the guest; what remains are filter definitions,
 * of which only those go that nobody uses any more and that ferry can bring back: an earlier migration placed them, or security groups made them.
 */
export const releaseSourceFirewall: Step<MigrationPorts, { readonly removed: string[] }> = {
  name: "release-source-firewall",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const { sourceId: hostId, sourceFilters } = outputOf(checkConditions);
    const { firewall } = await ports.hosts.host(hostId);
    const removed = await ports.store.whileFirewallRests(() => removeFilters(sourceFilters, { hostId, firewall, ledger: ports.ledger }));
    return { removed };
  },
  undo: { none: "after the handover the plan only goes forward" },
};

interface Source {
  readonly hostId: HostId;
  readonly firewall: Firewall;
  readonly ledger: Pick<ArtifactLedger, "find" | "forget">;
}

/** Names of those that are gone. */
async function removeFilters(names: readonly string[], { hostId, firewall, ledger }: Source): Promise<string[]> {
  const removed: string[] = [];
  for (const name of names.toReversed()) {
    const placed = await ledger.find(hostId, "nwfilter", name);
    if (placed !== null && placed.state !== "kept") continue;
    const uuid = placed ? placedFilterUuid(placed.migrationId as MigrationId, name) : await uuidOfSecurityFilter(firewall, name);
    if (uuid === null || (await firewall.remove(uuid)) === "kept") continue;
    if (placed) await ledger.forget(placed);
    removed.push(name);
  }
  return removed;
}

const uuidOfSecurityFilter = async (firewall: Firewall, name: string): Promise<string | null> =>
  isSecurityFilter(name) ? ((await firewall.filter(name))?.uuid ?? null) : null;
