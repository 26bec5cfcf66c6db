import { type Check, destinationSilent, pass, refuse, warn } from "./check.ts";

/** libvirt refuses a name that another uuid holds; an active guest of the same uuid would be a second runner. A shut-off definition is replaced. */
export const nameFree: Check = {
  key: "name-free",
  judge: (facts) => {
    const { order, destination, source } = facts;
    const seen = destination.observation;
    if (!destination.host || seen.kind === "unreachable") return destinationSilent(facts);
    const name = source.guest?.name ?? order.serverName;
    const host = destination.record.name;
    if (destination.uuidOfName !== null && destination.uuidOfName !== order.serverId) {
      return refuse(`${host} has another guest named ${name} (${destination.uuidOfName}).`, "Rename one of the two: virsh domrename.");
    }
    if (seen.kind === "absent") return pass(`The name ${name} and the uuid are free on ${host}.`);
    if (seen.state === "shutoff") {
      return warn(
        `${host} has a shut-off definition of this server already; the move replaces it.`,
        `If it is a leftover, nothing; else keep a copy: virsh dumpxml ${name}.`,
      );
    }
    return refuse(
      `${host} has a guest of uuid ${order.serverId} already; it is ${seen.state} there.`,
      "Find out which of the two is the real one and end the other.",
    );
  },
};
