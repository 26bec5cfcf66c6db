import type { ServerNic } from "./build.ts";

/**
 * Pure: MAC -> IPv4 address of a server's cards, when each was given one as the server was made; null when that of one is not known, or it has no card.
 * `macs`: the cards that it has by now; empty while it is not made.
 */
export function knownAddresses(
  nics: readonly Pick<ServerNic, "mac" | "fixedIp">[],
  macs: readonly string[],
): Readonly<Record<string, string>> | null {
  const addresses = Object.fromEntries(nics.flatMap(({ mac, fixedIp }) => (fixedIp === null ? [] : [[mac, fixedIp]])));
  const cards = macs.length > 0 ? macs : nics.map(({ mac }) => mac);
  return cards.length > 0 && cards.every((mac) => addresses[mac] !== undefined) ? addresses : null;
}
