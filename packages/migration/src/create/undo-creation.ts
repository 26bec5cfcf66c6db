import type { Firewall } from "@ferry/core";
import { baseFilterName } from "@ferry/libvirt-xml";
import { type UndoPorts, undoArtifacts } from "../made-things.ts";
import { usedPaths } from "../policy/used-paths.ts";

/** Deletes the disks that were made for the server and not handed over to it. */
export const undoServerDisks = (ports: UndoPorts): Promise<void> =>
  undoArtifacts(ports, "volume", async ({ storage }, path) => storage.deleteVolume(path));

/** A base image that is whole stays for the next server; one that is not goes, unless a guest stands on it. */
export async function undoBaseImages(ports: UndoPorts): Promise<void> {
  const { ledger, migrationId } = ports;
  for (const base of await ledger.ofMigration(migrationId, "base-image")) if (base.state === "made") await ledger.keep(base);
  await undoArtifacts(ports, "base-image", async ({ hypervisor, storage }, path) => {
    const [guests, pools] = await Promise.all([hypervisor.guests(), storage.pools()]);
    return usedPaths(guests, pools).has(path) ? "kept" : await storage.deleteVolume(path);
  });
}

/** The server's own filter, and the one that it shares with others unless one of them is there. */
export const undoServerFilters = (ports: UndoPorts): Promise<void> =>
  undoArtifacts(ports, "nwfilter", async ({ firewall }, name) => {
    const outcome = await removeFilter(firewall, name);
    await removeFilter(firewall, baseFilterName);
    return outcome;
  });

async function removeFilter(firewall: Firewall, name: string): Promise<"removed" | "kept" | "absent"> {
  const filter = await firewall.filter(name);
  return filter === null ? "absent" : await firewall.remove(filter.uuid);
}

/** What the making of a server left on a host when it was broken off for good. The guest itself must be gone. */
export async function undoCreation(ports: UndoPorts): Promise<void> {
  await undoServerFilters(ports);
  await undoServerDisks(ports);
  await undoBaseImages(ports);
}
