import { type Finding, type KnownFacts, pass, refuse, withBoth } from "./check.ts";

/** The destination must have an emulator for the guest's architecture and domain type, its exact machine type, and the files that it boots with. */
export const machineSupported = withBoth("machine-supported", (facts) => {
  const { source, destination } = facts;
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
  const variables = variablesLeftBehind(facts);
  if (variables) return variables;
  const missing = hostFiles.find((path) => destination.hostFiles[path] !== true);
  if (missing) return refuse(`${name} lacks the file ${missing} that the server boots with.`, `Copy it to the same path on ${name}.`);
  return pass(`${name} emulates ${machine ?? virtType} on ${arch}.`);
});

/**
 * The variables of a UEFI guest (boot entries, keys) are in a file of their own. With its running state QEMU carries them, and writes them into
 * the destination's file; a guest that does not run would go on with whatever that file holds.
 */
function variablesLeftBehind({ order, source, destination }: KnownFacts): Finding | null {
  const { nvram } = source.guest;
  const name = destination.record.name;
  if (nvram === undefined) return null;
  if (order.mode === "cold" || order.mode === "offline")
    return refuse(
      `The server's UEFI variables are in ${nvram} on ${source.record.name}, and a move in the mode ${order.mode} leaves them behind.`,
      "Start it and move it live: its variables then travel with its memory.",
    );
  if (destination.hostFiles[nvram] === true) return null;
  return refuse(
    `${name} lacks the file ${nvram} for the server's UEFI variables.`,
    `Copy it to the same path on ${name}; the move then brings its content up to date.`,
  );
}
