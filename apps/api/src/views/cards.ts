import { type GuestInterface, powerState } from "@ferry/core";
import type { ServerRow } from "@ferry/store";
import { namedUuid } from "./named-uuid.ts";

type Owner = Pick<ServerRow, "id" | "nics" | "powerState">;

/** The id by which clients know a card. */
export const portId = (server: string, { mac }: Pick<GuestInterface, "mac">): string => namedUuid(`port ${server} ${mac}`);

/** A card as Nova shows an attached port. Networks of hosts have names and no ids: the ids are made of them. */
export function cardView(card: GuestInterface, server: Owner, minor: number): object {
  const network = `${card.type} ${card.source ?? ""}`;
  const address = server.nics?.find(({ mac }) => mac === card.mac)?.fixedIp ?? null;
  const running = server.powerState === powerState.running || server.powerState === powerState.paused;
  return {
    port_id: portId(server.id, card),
    net_id: namedUuid(`network ${network}`),
    mac_addr: card.mac,
    port_state: running ? "ACTIVE" : "DOWN",
    fixed_ips: address === null ? [] : [{ ip_address: address, subnet_id: namedUuid(`subnet ${network}`) }],
    ...(minor >= 70 ? { tag: null } : {}),
  };
}
