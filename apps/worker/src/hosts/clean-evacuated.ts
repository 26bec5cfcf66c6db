import { type FerryError, fail, guardName, type HostId, type HostPorts } from "@ferry/core";
import type { EvacuatedGuest } from "@ferry/store";
import type { Worker } from "../dependencies.ts";
import { filtersOfCards, releaseFilters } from "../firewall/release-filters.ts";

type Needs = Pick<Worker, "store" | "hosts" | "log">;

/**
 * What a host that has come back is owed before it takes part again: the definitions of guests that were evacuated from it are removed, so that it can never
 * start them, and the network filters that were theirs alone. A guest that it runs nevertheless is left alone, since both may have written to its disks: the server is in error until a person has ended it.
 * Throws HOST_RETURNING while an evacuation is undecided and HOST_RUNS_EVACUATED while such a guest runs; both are tried again.
 */
export async function cleanEvacuated(id: HostId, worker: Needs): Promise<void> {
  const { evacuations } = worker.store;
  const host = await worker.hosts.host(id);
  const undecided = await evacuations.underWay(id);
  if (undecided.length > 0) throw fail("HOST_RETURNING", { host: host.address.name, servers: undecided.join(", ") });
  const running: EvacuatedGuest[] = [];
  for (const guest of await evacuations.owed(id)) if (!(await letGo(guest, host, worker))) running.push(guest);
  if (running.length > 0) throw split(host.address.name, running);
}

/** False when the host runs the guest. */
async function letGo(guest: EvacuatedGuest, host: HostPorts, { store, log }: Needs): Promise<boolean> {
  const { hypervisor, address } = host;
  const seen = await hypervisor.observe(guest.serverId);
  if (seen.kind === "unreachable") throw fail("LIBVIRT_UNAVAILABLE", { host: address.name, problem: seen.problem });
  if (seen.kind === "present" && seen.state !== "shutoff" && seen.state !== "crashed") {
    log.error(
      { host: address.id, server: guest.serverId, state: seen.state },
      "a host that came back runs a guest that was evacuated from it",
    );
    await store.evacuations.reportSplit(guest, { id: address.id, name: address.name });
    return false;
  }
  const old = seen.kind === "present" ? await hypervisor.guest(guest.serverId) : null;
  if (old) await hypervisor.undefine(guest.serverId);
  await releaseFilters([guardName(guest.serverId), ...(old ? filtersOfCards(old.definition) : [])], host, store.artifacts);
  await store.evacuations.settle(guest.migrationId);
  log.info({ host: address.id, server: guest.serverId, migration: guest.migrationId }, "an evacuated guest's old definition is gone");
  return true;
}

const split = (host: string, guests: readonly EvacuatedGuest[]): FerryError =>
  fail("HOST_RUNS_EVACUATED", { host, servers: guests.map(({ serverName }) => serverName).join(", ") });
