import { TRANSFER_PORTS } from "../ports.ts";
import { type Check, destinationSilent, pass, refuse, sourceSilent, warn } from "./check.ts";

/** Memory and disk streams go from QEMU to QEMU, on libvirt's port range. A port is tried on which nothing listens, so a prompt refusal is the good answer. */
export const transferPortsReachable: Check = {
  key: "transfer-ports-reachable",
  judge: (facts) => {
    const { source, destination, firstTransferPort } = facts;
    if (!source.host) return sourceSilent(facts);
    if (!destination.host) return destinationSilent(facts);
    if (facts.order.mode !== "live") return pass("Not needed: ferry carries what is moved.");
    const address = destination.address.migrationAddress;
    const ports = `${firstTransferPort}-${firstTransferPort + TRANSFER_PORTS - 1}`;
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
      case "untried":
        return warn(
          `All transfer ports ${ports} of ${destination.record.name} are in use, so none could be tried.`,
          "Wait for moves under way to end, or free some of them.",
        );
      default:
        return sourceSilent(facts);
    }
  },
};
