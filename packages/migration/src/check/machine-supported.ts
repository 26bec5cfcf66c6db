import { pass, refuse, withBoth } from "./check.ts";

/** The destination must have an emulator for the guest's architecture and domain type, and its exact machine type. */
export const machineSupported = withBoth("machine-supported", ({ source, destination }) => {
  const { arch, virtType, machine, hostFiles } = source.guest;
  const name = destination.record.name;
  const machines = destination.host.machines[`${arch}/${virtType}`];
  if (!machines)
    return refuse(
      `${name} has no emulator for ${virtType} guests on ${arch}.`,
      `Install it there (Debian: qemu-system), and for kvm load the kernel module.`,
    );
  if (machine !== null && !machines.includes(machine)) {
    return refuse(`${name} does not know the machine type ${machine}.`, `Upgrade the emulator of ${name}, or choose another host.`);
  }
  const missing = hostFiles.find((path) => destination.hostFiles[path] !== true);
  if (missing) return refuse(`${name} lacks the file ${missing} that the server boots with.`, `Copy it to the same path on ${name}.`);
  return pass(`${name} emulates ${machine ?? virtType} on ${arch}.`);
});
