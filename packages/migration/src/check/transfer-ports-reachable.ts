import { type Check, destinationSilent, pass, refuse, sourceSilent, warn } from "./check.ts";

/** How many ports libvirt takes streams on, from the first. */
const PORTS = 64;

/** Memory and disk streams go from QEMU to QEMU, on libvirt's port range. Nothing listens yet, so a prompt refusal is the good answer. */
export const transferPortsReachable: Check = {
  key: "transfer-ports-reachable",
  judge: (facts) => {
    const { source, destination, firstTransferPort } = facts;
    if (!source.host) return sourceSilent(facts);
    if (!destination.host) return destinationSilent(facts);
    if (facts.order.mode !== "live") return pass("Not needed: ferry carries what is moved.");
    const address = destination.address.migrationAddress;
    const ports = `${firstTransferPort}-${firstTransferPort + PORTS - 1}`;
    switch (destination.transferReach) {
      case "open":
      case "refused":
        return pass(`${source.record.name} reaches ${address} on the transfer ports.`);
      case "silent":
        return refuse(
          `${source.record.name} gets no answer from ${address} on the transfer ports ${ports}.`,
          `Open TCP ${ports} from ${source.record.name} on ${destination.record.name}, or set another migration address.`,
        );
      case "forbidden":
        return warn(
          `The sshd of ${source.record.name} forbids the probe, so the transfer ports could not be tried.`,
          "Set AllowTcpForwarding local (or yes) there, or try the move.",
        );
      default:
        return sourceSilent(facts);
    }
  },
};
