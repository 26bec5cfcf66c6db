import { type HostFacts, type HostId, type HostPorts, type HostRecord, hasCode, isFerryError, type MigrationOrder } from "@ferry/core";
import type { Problem } from "../facts.ts";
import { availableMiB } from "../policy/available-memory.ts";
import { isUsable, rankCandidates } from "../policy/rank-candidates.ts";
import type { CheckPorts } from "../ports.ts";

/** A host that may become the destination, and what it says of itself, whatever guest is to come. `facts` is null, with the problem, when it is silent. */
export interface Candidate {
  readonly record: HostRecord;
  readonly host: HostPorts;
  /** MiB reserved there by other migrations. */
  readonly claimedMiB: number;
  readonly facts: HostFacts | null;
  readonly problem: Problem | null;
}

/** The named host, or every usable one: by what is free now; a host that does not answer comes last and says so in its checks. */
export async function lookAtCandidates({ requestedHostId, group }: MigrationOrder, ports: CheckPorts): Promise<Candidate[]> {
  if (requestedHostId) return [await lookAt(requestedHostId, ports)];
  const usable = (await ports.store.candidates()).filter(isUsable);
  const looks = (await Promise.all(usable.map(({ id }) => lookAt(id, ports).catch(nullIfRemoved)))).filter((look) => look !== null);
  const byId = new Map(looks.map((look) => [look.record.id, look]));
  const ranked = rankCandidates(
    looks.map((look) => ({ ...look.record, availableMiB: roomOf(look, ports) })),
    group,
  );
  return ranked.flatMap(({ id }) => byId.get(id) ?? []);
}

async function lookAt(id: HostId, ports: CheckPorts): Promise<Candidate> {
  const [record, host, claimedMiB] = await Promise.all([ports.store.host(id), ports.hosts.host(id), ports.store.claimedMiB(id)]);
  try {
    return { record, host, claimedMiB, facts: await host.hypervisor.facts(), problem: null };
  } catch (error) {
    if (!isFerryError(error)) throw error;
    return { record, host, claimedMiB, facts: null, problem: { code: error.code, sentence: error.message } };
  }
}

/** A host that is removed in this very moment is no candidate any more. */
function nullIfRemoved(error: unknown): null {
  if (hasCode(error, "HOST_NOT_FOUND")) return null;
  throw error;
}

const roomOf = ({ facts, claimedMiB }: Candidate, { settings }: CheckPorts): number =>
  facts ? availableMiB(facts, claimedMiB, settings.reservedMemoryMiB) : -1;
