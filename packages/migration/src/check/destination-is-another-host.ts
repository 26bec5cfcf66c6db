import { type Check, destinationSilent, pass, refuse, sourceSilent } from "./check.ts";

/** Nova #16; and libvirt refuses two hosts that report one uuid. */
export const destinationIsAnotherHost: Check = {
  key: "destination-is-another-host",
  judge: (facts) => {
    const { order, source, destination } = facts;
    if (source.record.id === destination.record.id) {
      return refuse(`Unable to migrate instance (${order.serverId}) to current host (${source.record.name}).`, "Choose another host.");
    }
    if (!source.host) return sourceSilent(facts);
    if (!destination.host) return destinationSilent(facts);
    if (source.host.hostUuid === destination.host.hostUuid) {
      return refuse(
        `${source.record.name} and ${destination.record.name} report the same host uuid ${source.host.hostUuid}; libvirt takes them for one host.`,
        "Set a different host_uuid in /etc/libvirt/libvirtd.conf of one of them and restart libvirtd.",
      );
    }
    return pass(`${destination.record.name} is another host than ${source.record.name}.`);
  },
};
