import { type ArtifactLedger, type GuestDefinition, type HostPorts, migrationId } from "@ferry/core";
import { isSecurityFilter, placedFilterUuid } from "@ferry/migration";

/**
 * Removes the network filters of a guest that is gone from this host, of those that ferry placed there, or made of security groups, and that nobody uses any
 * more. `names`: those of its cards.
 */
export async function releaseFilters(
  names: readonly string[],
  { address, firewall }: HostPorts,
  ledger: Pick<ArtifactLedger, "find" | "forget">,
): Promise<void> {
  for (const name of await withReferences(names, firewall)) {
    const entry = await ledger.find(address.id, "nwfilter", name);
    if (entry !== null && entry.state !== "kept") continue;
    const placed = entry && !isSecurityFilter(name) ? placedFilterUuid(migrationId(entry.migrationId), name) : null;
    const uuid = placed ?? (await uuidOfSecurityFilter(name, firewall));
    if (uuid !== null && (await firewall.remove(uuid)) === "kept") continue;
    if (entry) await ledger.forget(entry);
  }
}

/** Names of the filters that guard the guest's cards. */
export const filtersOfCards = ({ interfaces }: GuestDefinition): string[] =>
  interfaces.flatMap(({ filter }) => (filter === null ? [] : [filter]));

const uuidOfSecurityFilter = async (name: string, firewall: HostPorts["firewall"]): Promise<string | null> =>
  isSecurityFilter(name) ? ((await firewall.filter(name))?.uuid ?? null) : null;

/** The filters and those they refer to, each before the ones that it refers to: libvirt removes none that another one needs. */
async function withReferences(names: readonly string[], firewall: HostPorts["firewall"]): Promise<string[]> {
  const ordered: string[] = [];
  const waiting = [...names];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (ordered.includes(name)) ordered.splice(ordered.indexOf(name), 1);
    else waiting.push(...((await firewall.filter(name))?.references ?? []));
    ordered.push(name);
  }
  return ordered;
}
