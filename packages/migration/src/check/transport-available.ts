import { chooseTransport } from "../policy/choose-transport.ts";
import { pass, refuse, withBoth } from "./check.ts";

/** The transport that was asked for, or for `auto` the better of those that the two hosts can do. */
export const transportAvailable = withBoth("transport", (facts) => {
  const choice = chooseTransport(facts);
  if ("refused" in choice) return refuse(`The transport ${choice.wanted} cannot be used: ${choice.refused}.`, choice.remedy);
  return pass(choice.transport === "p2p" ? "The source's libvirtd drives the transfer (p2p)." : "ferry drives the transfer (direct).");
});
