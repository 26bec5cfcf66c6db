import type { ErrorCode } from "@ferry/core";
import { type Check, destinationSilent, pass, refuse, sourceSilent } from "./check.ts";

/** Problems that say: the host is there, and does not let ferry in. */
const refusals: readonly ErrorCode[] = ["HOST_LOGIN_REFUSED", "HOST_KEY_CHANGED", "LIBVIRT_UNAVAILABLE"];

/** The requester's right was judged by the API's policy; here: ferry's own right to manage guests, which a read-write libvirt connection proves. */
export const permission: Check = {
  key: "permission",
  judge: (facts) => {
    const { source, destination } = facts;
    for (const { record, problem } of [source, destination]) {
      if (!problem || !refusals.includes(problem.code)) continue;
      return refuse(
        `ferry has no read-write access to libvirt on ${record.name}. ${problem.sentence}`,
        `Run \`ferry host check ${record.name}\` and follow its remedies.`,
      );
    }
    if (!source.host) return sourceSilent(facts);
    if (!destination.host) return destinationSilent(facts);
    return pass(`ferry may manage guests on ${source.record.name} and ${destination.record.name}.`);
  },
};
