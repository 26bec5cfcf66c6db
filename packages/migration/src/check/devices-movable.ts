import { type Check, pass, refuse, sourceSilent } from "./check.ts";

/** Devices bound to the source host, and parts of the definition that ferry does not know and would not pass on unseen. */
export const devicesMovable: Check = {
  key: "devices-movable",
  judge: (facts) => {
    const { guest } = facts.source;
    if (!guest) return sourceSilent(facts);
    const [stuck] = guest.immovable;
    if (stuck) return refuse(`The server cannot move: ${stuck.what}.`, stuck.remedy);
    const [strange] = guest.unknownElements;
    if (strange) {
      return refuse(
        `The server's definition has the element ${strange}, which ferry does not carry to another host.`,
        "Take it out of the definition, or report it to ferry's makers.",
      );
    }
    return pass("No device of the server is bound to its host.");
  },
};
