import type { HostFacts, HostId } from "@ferry/core";
import type { Worker } from "../dependencies.ts";
import { cleanEvacuated } from "./clean-evacuated.ts";
import { learnRootSizes } from "./learn-root-sizes.ts";

type Needs = Pick<Worker, "store" | "hosts" | "adopter" | "log">;

/**
 * Reads a host's facts and its complete list of guests into the record. One that was fenced is not any more, and is rid of evacuated guests before anything
 * else is believed of it. Throws when the host does not answer, or may not take part yet.
 */
export async function refreshHost(id: HostId, worker: Needs): Promise<{ facts: HostFacts; guests: number }> {
  const { store, hosts, adopter } = worker;
  const { hypervisor } = await hosts.host(id);
  const facts = await hypervisor.facts();
  await store.fencing.seen(id, facts.bootId);
  await cleanEvacuated(id, worker);
  const asOf = await store.servers.syncMark();
  const guests = await hypervisor.guests();
  await store.hosts.saveFacts(id, facts);
  await store.servers.syncGuests(id, guests, asOf, await adopter());
  await learnRootSizes(id, { store, hosts });
  return { facts, guests: guests.length };
}
