import type { HostFacts, HostId } from "@ferry/core";
import type { Worker } from "../dependencies.ts";
import { learnRootSizes } from "./learn-root-sizes.ts";

type Needs = Pick<Worker, "store" | "hosts" | "adopter">;

/** Reads a host's facts and its complete list of guests into the record. Throws when the host does not answer. */
export async function refreshHost(id: HostId, { store, hosts, adopter }: Needs): Promise<{ facts: HostFacts; guests: number }> {
  const { hypervisor } = await hosts.host(id);
  const asOf = await store.servers.syncMark();
  const [facts, guests] = await Promise.all([hypervisor.facts(), hypervisor.guests()]);
  await store.fencing.seen(id, facts.bootId);
  await store.hosts.saveFacts(id, facts);
  await store.servers.syncGuests(id, guests, asOf, await adopter());
  await learnRootSizes(id, { store, hosts });
  return { facts, guests: guests.length };
}
