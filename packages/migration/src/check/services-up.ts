import type { SideFacts } from "../facts.ts";
import { type Check, pass, refuse, warn } from "./check.ts";

/** Nova #14 and #17. A quarantined host (its SSH key changed) counts as down; a disabled one only when nobody insists on it. */
export const servicesUp: Check = {
  key: "services-up",
  judge: ({ order, source, destination }) => {
    for (const side of [source, destination]) {
      const why = downReason(side);
      if (why === null) continue;
      const { name } = side.record;
      return refuse(
        `Compute service of ${name} is unavailable at this time. ${why}`,
        `Run \`ferry host check ${name}\` and follow its remedies.`,
      );
    }
    const { name, enabled } = destination.record;
    if (enabled) return pass(`${source.record.name} and ${name} are up.`);
    if (order.force) return warn(`${name} is disabled as a destination; forced.`, "Enable its service, or choose another host.");
    return refuse(`Cannot move to ${name}: it is disabled as a destination.`, "Enable its service, or choose another host.");
  },
};

function downReason({ record, problem }: SideFacts): string | null {
  if (record.forcedDown) return "It is forced down.";
  if (record.state === "quarantined") return "It is in quarantine because its SSH host key changed.";
  return problem?.sentence ?? null;
}
