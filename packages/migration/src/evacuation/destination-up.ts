import { type Check, pass, refuse, warn } from "../check/check.ts";

/** Of an evacuation's two hosts only the destination has to be up. */
export const destinationUp: Check = {
  key: "services-up",
  judge: ({ order, destination: { record, problem } }) => {
    const { name } = record;
    const why = record.forcedDown ? "It is forced down." : record.state === "quarantined" ? "It is in quarantine." : problem?.sentence;
    if (why !== undefined)
      return refuse(
        `Compute service of ${name} is unavailable at this time. ${why}`,
        `Run \`ferry host check ${name}\` and follow its remedies.`,
      );
    if (record.enabled) return pass(`${name} is up.`);
    if (order.force) return warn(`${name} is disabled as a destination; forced.`, "Enable its service, or choose another host.");
    return refuse(`Cannot evacuate to ${name}: it is disabled as a destination.`, "Enable its service, or choose another host.");
  },
};
