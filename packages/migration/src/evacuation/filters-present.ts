import { pass, refuse, withBoth } from "../check/check.ts";

/** A dead host cannot give the rules that guard the guest: they must be at the destination already. */
export const filtersPresent = withBoth("firewall-ready", ({ source, destination }) => {
  const names = [...new Set(source.guest.interfaces.flatMap(({ filter }) => (filter === null ? [] : [filter])))];
  const missing = names.find((name) => !destination.filters[name]);
  if (missing !== undefined)
    return refuse(
      `nwfilter ${missing} of the server is not defined on ${destination.record.name}, and ${source.record.name} cannot give it any more.`,
      "Define it there: virsh nwfilter-define.",
    );
  const blind = names.find((name) => destination.filters[name]?.filtersIp && destination.seesBridgedTraffic === false);
  if (blind !== undefined)
    return refuse(
      `The rules of nwfilter ${blind} would be without effect on ${destination.record.name}: its IP firewall does not see what its bridges carry.`,
      "Switch that on there: sysctl net.bridge.bridge-nf-call-iptables=1, and for good in /etc/sysctl.d.",
    );
  return pass(names.length === 0 ? "No nwfilter guards the server." : `The server's nwfilters are there: ${names.sort().join(", ")}.`);
});
