import { type GuestDefinition, guardName, type HostFacts, type HostPorts, isFerryError } from "@ferry/core";
import { askFiles, askFilters, askPortals, askSecrets, askVolumes, compareCpu, silentDestination } from "../check/gather-destination.ts";
import type { Candidate } from "../check/look-at-candidates.ts";
import type { DestinationFacts, SourceFacts } from "../facts.ts";
import { directoryOf } from "../policy/disk-path.ts";
import type { CheckPorts } from "../ports.ts";
import { pathsOf } from "./find-disks.ts";

/** All that a candidate says of a guest of a dead host, which is asked nothing. A silent candidate is a fact, not an error. */
export async function askRefuge(candidate: Candidate, source: SourceFacts, ports: CheckPorts): Promise<DestinationFacts> {
  const { host, facts, problem, record } = candidate;
  const unasked = silentDestination(candidate);
  if (!source.guest || source.record.id === record.id) return unasked;
  if (!facts) return { ...unasked, problem };
  try {
    return { ...unasked, host: facts, ...(await askAll(host, facts, source.guest, pathsOf(source), ports)) };
  } catch (error) {
    if (!isFerryError(error)) throw error;
    return { ...unasked, problem: { code: error.code, sentence: error.message } };
  }
}

async function askAll(host: HostPorts, facts: HostFacts, guest: GuestDefinition, paths: readonly string[], ports: CheckPorts) {
  const { hypervisor, firewall } = host;
  const names = [...new Set(guest.interfaces.flatMap(({ filter }) => (filter === null ? [] : [filter])))];
  const [observation, uuidOfName, filters, cpu, hostFiles, volumes, portals, secrets] = await Promise.all([
    hypervisor.observe(guest.uuid),
    hypervisor.uuidOfName(guest.name),
    askFilters(host, names),
    compareCpu(host, guest),
    askFiles(host, guest.hostFiles),
    askVolumes(host, { pools: poolsOf(facts, paths), paths }),
    askPortals(host, guest, ports),
    askSecrets(host, guest),
  ]);
  const filtersIp = names.includes(guardName(guest.uuid)) || Object.values(filters).some((filter) => filter?.filtersIp);
  const seesBridgedTraffic = filtersIp ? await firewall.seesBridgedTraffic() : null;
  return { observation, uuidOfName, filters, seesBridgedTraffic, cpu, hostFiles, volumes, portals, secrets };
}

/** Active pools on the directories of these files. */
function poolsOf({ pools }: HostFacts, paths: readonly string[]): string[] {
  const directories = new Set(paths.map(directoryOf));
  return pools.filter(({ active, path }) => active && path !== null && directories.has(path)).map(({ name }) => name);
}
