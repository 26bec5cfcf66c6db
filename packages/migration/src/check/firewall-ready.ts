import { matchFilters } from "../policy/match-filters.ts";
import { pass, refuse, withBoth } from "./check.ts";

/** The rules that guard the guest must be in force at the destination before the handover, unchanged (CVE-2013-4497). */
export const firewallReady = withBoth("firewall-ready", ({ source, destination }) => {
  for (const match of matchFilters(source.filters, destination.filters)) {
    if (match.kind === "missing-at-source") {
      return refuse(
        `nwfilter ${match.name} of the server is not defined on ${source.record.name}.`,
        "Define it there or take it out of the server's definition.",
      );
    }
    if (match.kind === "different") {
      return refuse(
        `nwfilter ${match.name} on ${destination.record.name} has other rules than on ${source.record.name}.`,
        "Make the two equal, or give one another name; ferry does not change rules that it did not make.",
      );
    }
  }
  const names = Object.keys(source.filters);
  const blind = names.filter((name) => destination.seesBridgedTraffic === false && source.filters[name]?.filtersIp);
  if (blind.length > 0) {
    return refuse(
      `The rules of nwfilter ${blind.sort().join(", ")} would be without effect on ${destination.record.name}: its IP firewall does not see what its bridges carry.`,
      "Switch that on there: sysctl net.bridge.bridge-nf-call-iptables=1, and for good in /etc/sysctl.d.",
    );
  }
  return pass(
    names.length === 0 ? "No nwfilter guards the server." : `The server's nwfilters will be in force: ${names.sort().join(", ")}.`,
  );
});
