import type { ServerNic } from "@ferry/core";
import type { ServerRow } from "@ferry/store";

/** `typed` tells of each address whether it is fixed and which card has it. */
export type AddressForm = "plain" | "typed";

/** The addresses that were asked for when the server was made, by network; what a network gave by itself is not known. */
export function addressesView({ nics }: Pick<ServerRow, "nics">, form: AddressForm): Record<string, object[]> {
  const known = (nics ?? []).filter((nic) => nic.fixedIp !== null);
  const byNetwork = Object.groupBy(known, (nic) => nic.network);
  return Object.fromEntries(
    Object.entries(byNetwork).map(([network, cards = []]) => [network, cards.map((card) => addressOf(card, form))]),
  );
}

const addressOf = ({ fixedIp, mac }: ServerNic, form: AddressForm): object => ({
  addr: fixedIp,
  version: 4,
  ...(form === "typed" ? { "OS-EXT-IPS:type": "fixed", "OS-EXT-IPS-MAC:mac_addr": mac } : {}),
});
