import type { ServerNic } from "./build.ts";
import { nicPlace } from "./judge-build-host.ts";
import type { HostFacts } from "./ports/hypervisor.ts";
import { unguardable } from "./security-group.ts";

type Facts = Pick<HostFacts, "hypervisorType" | "networks" | "bridges">;

/** Pure: why libvirt's network filters could not guard cards that are plugged in on this host, as a phrase; null when they can. */
export function unguardableThere(facts: Facts, nics: readonly Pick<ServerNic, "network" | "mac">[]): string | null {
  const interfaces = nics.map(({ network, mac }) => ({ mac, filter: null, ...kindOf(facts, network) }));
  return unguardable({ virtType: facts.hypervisorType.toLowerCase(), interfaces }, "");
}

/** A card of a libvirt network that has no bridge is plugged into a device of the host (macvtap). */
function kindOf(facts: Facts, name: string): { readonly type: string; readonly virtualPort: string | null } {
  const network = facts.networks.find((one) => one.name === name);
  if (nicPlace(facts, name)?.type !== "network" || network === undefined) return { type: "bridge", virtualPort: null };
  return { type: network.bridge === null ? "direct" : "network", virtualPort: network.virtualPort };
}
