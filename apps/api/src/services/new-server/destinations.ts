import { defaultZone, fail, hostsOfZone } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { Caller } from "../../caller.ts";
import { enforce } from "../../policy.ts";
import type { NewServerBody } from "./body.ts";
import type { Wishes } from "./hints.ts";

export type Candidates = Readonly<Awaited<ReturnType<Store["hypervisors"]["buildCandidates"]>>>;

/** The hosts that a request leaves open, and the zone that it pins its servers to. */
export interface Destinations {
  readonly candidates: Candidates;
  readonly zone: string | null;
}

type Asked = Pick<NewServerBody, "availability_zone" | "host" | "hypervisor_hostname">;

/**
 * All hosts, those of a zone, or the one that an administrator names: `host`, `hypervisor_hostname`, or Nova's `ZONE:HOST` or `ZONE:HOST:NODE`. Throws
 * VALIDATION_FAILED for a zone that no host is in, COMPUTE_HOST_NOT_FOUND, POLICY_FORBIDS.
 */
export function destinationsOf(all: Candidates, asked: Asked, caller: Caller): Destinations {
  const [zoneText = "", forced, node] = asked.availability_zone?.split(":") ?? [];
  if (forced) enforce(caller, "os_compute_api:servers:create:forced_host");
  if (asked.host !== undefined || asked.hypervisor_hostname !== undefined) enforce(caller, "compute:servers:create:requested_destination");
  const zone = zoneText === "" ? null : zoneText;
  if (zone !== null && zone !== defaultZone && hostsOfZone(all, zone).length === 0)
    throw fail("VALIDATION_FAILED", { sentence: "The requested availability zone is not available" });
  const named = onlyNamed(onlyNamed(all, forced || asked.host, byName), node || asked.hypervisor_hostname, byNode);
  return { candidates: forced ? named : hostsOfZone(named, zone), zone: forced ? null : zone };
}

type Candidate = Candidates[number];

const byName = (host: Candidate, name: string): boolean => host.name === name;
const byNode = (host: Candidate, name: string): boolean => (host.facts?.hostname ?? host.name) === name;

function onlyNamed(hosts: Candidates, name: string | undefined, matches: (host: Candidate, name: string) => boolean): Candidates {
  if (name === undefined) return hosts;
  const found = hosts.filter((host) => matches(host, name));
  if (found.length === 0) throw fail("COMPUTE_HOST_NOT_FOUND", { host: name });
  return found;
}

/** Pure: the hosts that hints leave open. */
export const wished = (candidates: Candidates, { sameHost, differentHost }: Pick<Wishes, "sameHost" | "differentHost">): Candidates =>
  candidates.filter(({ id }) => (sameHost === null || sameHost.includes(id)) && !differentHost.includes(id));
