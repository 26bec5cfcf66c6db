import { type Check, destinationSilent, pass, refuse, sourceSilent, warn } from "./check.ts";

/** Memory and disk streams go from QEMU to QEMU, on libvirt's port range. Nothing listens yet, so a prompt refusal is the good answer. */
export const transferPortsReachable: Check = {
  key: "transfer-ports-reachable",
  judge: (facts) => {
    const { source, destination } = facts;
    if (!source.host) return sourceSilent(facts);
    if (!destination.host) return destinationSilent(facts);
    const address = destination.address.migrationAddress;
    switch (destination.transferReach) {
      case "open":
      case "refused":
        return pass(`${source.record.name} reaches ${address} on the transfer ports.`);
      case "silent":
        return refuse(
          `${source.record.name} gets no answer from ${address} on the transfer ports 49152 to 49215.`,
          `Open TCP 49152-49215 from ${source.record.name} on ${destination.record.name}, or set another migration address.`,
        );
      default:
        return warn(
          `The sshd of ${source.record.name} forbids the probe, so the transfer ports could not be tried.`,
          "Allow AllowTcpForwarding local there, or try the move.",
        );
    }
  },
};
