import { guardName } from "@ferry/core";
import { destinationSilent, type Finding, pass, refuse } from "../check/check.ts";
import type { EvacuationFacts } from "./facts.ts";

/** A dead host cannot give the rules that guard the guest: they must be at the destination already, but for those of its security groups, which ferry keeps. */
export const filtersPresent = {
  key: "firewall-ready",
  judge: (facts: EvacuationFacts): Finding => {
    const { source, destination, guarded } = facts;
    if (!source.guest || !destination.host) return destinationSilent(facts);
    const own = guarded ? guardName(source.guest.uuid) : null;
    const names = [...new Set(source.guest.interfaces.flatMap(({ filter }) => (filter === null ? [] : [filter])))];
    const missing = names.find((name) => name !== own && !destination.filters[name]);
    if (missing !== undefined)
      return refuse(
        `nwfilter ${missing} of the server is not defined on ${destination.record.name}, and ${source.record.name} cannot give it any more.`,
        "Define it there: virsh nwfilter-define.",
      );
    const blind = names.find((name) => (name === own || destination.filters[name]?.filtersIp) && destination.seesBridgedTraffic === false);
    if (blind !== undefined)
      return refuse(
        `The rules of nwfilter ${blind} would be without effect on ${destination.record.name}: its IP firewall does not see what its bridges carry.`,
        "Switch that on there: sysctl net.bridge.bridge-nf-call-iptables=1, and for good in /etc/sysctl.d.",
      );
    return pass(wordsOf(names, own));
  },
};

function wordsOf(names: readonly string[], own: string | null): string {
  const there = names.filter((name) => name !== own).sort();
  if (there.length > 0) return `The server's nwfilters are there: ${there.join(", ")}.`;
  return own === null ? "No nwfilter guards the server." : "ferry places the rules of the server's security groups there.";
}
