import { destinationSilent, pass, refuse, warn, withBoth } from "./check.ts";

/** Nova #27: libvirt itself compares the guest's CPU with what the destination's hypervisor can give. */
export const cpuCompatible = withBoth("cpu-compatible", (facts) => {
  const { source, destination } = facts;
  if (source.host.arch !== destination.host.arch) {
    return refuse(
      `${destination.record.name} is ${destination.host.arch}, ${source.record.name} is ${source.host.arch}.`,
      "Choose a host of the same architecture.",
    );
  }
  switch (destination.cpu) {
    case "identical":
    case "superset":
      return pass(`${destination.record.name} provides the server's CPU.`);
    case "incompatible":
      return refuse(
        `Unacceptable CPU info: CPU doesn't have compatibility. ${destination.record.name} does not provide the CPU that the server has.`,
        "Choose a host with the same or a newer CPU, or give the server a named CPU model that both hosts have.",
      );
    case "unsupported":
      return warn(
        `libvirt on ${destination.record.name} cannot compare CPUs; its hypervisor will refuse a CPU that it lacks, before the handover.`,
        "Go on, or compare the two hosts' CPUs yourself (virsh capabilities).",
      );
    default:
      return destinationSilent(facts);
  }
});
