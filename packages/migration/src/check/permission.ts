import { type Check, pass, refuse } from "./check.ts";

/** The requester's right was judged by the API's policy; here: ferry's own right to manage guests, which a read-write libvirt connection proves. */
export const permission: Check = {
  key: "permission",
  judge: ({ source, destination }) => {
    const without = [source, destination].find((side) => side.host === null);
    if (!without) return pass(`ferry may manage guests on ${source.record.name} and ${destination.record.name}.`);
    return refuse(
      `ferry has no read-write access to libvirt on ${without.record.name}: ${without.problem ?? "it did not answer"}`,
      `Run \`ferry host check ${without.record.name}\` and follow its remedies.`,
    );
  },
};
