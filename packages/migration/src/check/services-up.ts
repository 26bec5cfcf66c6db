import type { HostRecord } from "@ferry/core";
import { type Check, pass, refuse } from "./check.ts";

/** Nova #14 and #17. A quarantined host (its SSH key changed) counts as down. */
export const servicesUp: Check = {
  key: "services-up",
  judge: ({ source, destination }) => {
    for (const side of [source, destination]) {
      const why = side.host === null ? (side.problem ?? "it did not answer") : downReason(side.record);
      if (why)
        return refuse(
          `Compute service of ${side.record.name} is unavailable at this time: ${why}.`,
          `Run \`ferry host check ${side.record.name}\`.`,
        );
    }
    if (!destination.record.enabled) {
      return refuse(`Host ${destination.record.name} is disabled as a destination.`, "Enable its service, or choose another host.");
    }
    return pass(`${source.record.name} and ${destination.record.name} are up.`);
  },
};

function downReason(record: HostRecord): string | null {
  if (record.forcedDown) return "it is forced down";
  if (record.state === "quarantined") return "it is in quarantine because its SSH host key changed";
  return null;
}
