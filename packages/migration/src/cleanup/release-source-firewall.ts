import type { MigrationId } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import type { MigrationPorts } from "../ports.ts";
import { placedFilterUuid } from "../setup/place-firewall-rules.ts";

/**
 * Releases the guest's firewall rules at the source. libvirt took the rules in force down with the guest; what remains are filter definitions,
 * of which only those go that an earlier migration placed there and that nobody uses any more.
 */
export const releaseSourceFirewall: Step<MigrationPorts, { readonly removed: string[] }> = {
  name: "release-source-firewall",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const { sourceId: hostId, sourceFilters } = outputOf(checkConditions);
    const { firewall } = await ports.hosts.host(hostId);
    const removed: string[] = [];
    for (const name of sourceFilters.toReversed()) {
      const entry = await ports.ledger.find(hostId, "nwfilter", name);
      if (entry?.state !== "kept") continue;
      if ((await firewall.remove(placedFilterUuid(entry.migrationId as MigrationId, name))) === "kept") continue;
      await ports.ledger.forget(entry);
      removed.push(name);
    }
    return { removed };
  },
  undo: { none: "after the handover the plan only goes forward" },
};
