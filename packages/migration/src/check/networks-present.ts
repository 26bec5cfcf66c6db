import { missingNetwork } from "../policy/missing-network.ts";
import { pass, refuse, withBoth } from "./check.ts";

/** Each interface finds its bridge, network or host device on the destination under the same name, able to do what the interface asks of it. */
export const networksPresent = withBoth("networks-present", ({ source, destination }) => {
  const { interfaces } = source.guest;
  for (const nic of interfaces) {
    const missing = missingNetwork(nic, destination.host, destination.record.name);
    if (missing) return refuse(missing.sentence, missing.remedy);
  }
  return pass(interfaces.length === 0 ? "The server has no network interface." : "All networks of the server exist at the destination.");
});
