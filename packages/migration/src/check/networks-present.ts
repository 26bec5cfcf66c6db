import type { GuestInterface, HostFacts } from "@ferry/core";
import { pass, refuse, withBoth } from "./check.ts";

/** Each interface finds its bridge, network or host device on the destination under the same name. */
export const networksPresent = withBoth("networks-present", ({ source, destination }) => {
  for (const nic of source.guest.interfaces) {
    const missing = missingFor(nic, destination.host);
    if (missing) {
      return refuse(
        `${destination.record.name} lacks ${missing} that interface ${nic.mac} is plugged into.`,
        "Create it there under the same name, or unplug the interface.",
      );
    }
  }
  return pass(
    source.guest.interfaces.length === 0 ? "The server has no network interface." : "All networks of the server exist at the destination.",
  );
});

function missingFor(nic: GuestInterface, host: HostFacts): string | null {
  if (nic.source === null) return null;
  if (nic.type === "network")
    return host.networks.some((network) => network.name === nic.source) ? null : `the libvirt network ${nic.source}`;
  if (nic.type === "bridge") return host.bridges.includes(nic.source) ? null : `the bridge ${nic.source}`;
  if (nic.type === "direct") return host.bridges.includes(nic.source) ? null : `the host interface ${nic.source}`;
  return null;
}
