import { type Check, destinationSilent, pass, refuse } from "./check.ts";

/** libvirt refuses a name that another uuid holds; a running guest of the same uuid would be a second runner. */
export const nameFree: Check = {
  key: "name-free",
  judge: (facts) => {
    const { order, destination, source } = facts;
    if (!destination.host) return destinationSilent(facts);
    const name = source.guest?.name ?? order.serverName;
    const seen = destination.observation;
    if (seen.kind === "present" && seen.state !== "shutoff") {
      return refuse(
        `A guest with uuid ${order.serverId} is ${seen.state} on ${destination.record.name} already.`,
        "Find out which of the two is the real one and end the other.",
      );
    }
    if (destination.uuidOfName !== null && destination.uuidOfName !== order.serverId) {
      return refuse(
        `${destination.record.name} has another guest named ${name} (${destination.uuidOfName}).`,
        `Rename one of the two: virsh domrename.`,
      );
    }
    return pass(`The name ${name} and the uuid are free on ${destination.record.name}.`);
  },
};
