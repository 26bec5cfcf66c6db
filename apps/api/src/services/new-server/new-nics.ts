import { createHash } from "node:crypto";
import { type BuildCandidate, fail, nicPlace, type ServerNic } from "@ferry/core";

export interface Card {
  readonly uuid: string;
  readonly fixed_ip?: string;
}

/**
 * The cards of a new server. `auto` is the libvirt network `default`, else the only one there is; with no network on any host, or `none`, the server has no
 * card. Throws VALIDATION_FAILED when no host has a network that was asked for.
 */
export function newNics(
  serverId: string,
  networks: "auto" | "none" | readonly Card[],
  hosts: readonly Pick<BuildCandidate, "facts">[],
): ServerNic[] {
  const cards = networks === "auto" ? automatic(hosts) : networks === "none" ? [] : networks;
  return cards.map(({ uuid: network, fixed_ip: fixedIp }, index) => {
    if (!hosts.some(({ facts }) => facts !== null && nicPlace(facts, network) !== null))
      throw fail("VALIDATION_FAILED", { sentence: `Network ${network} could not be found.` });
    return { network, fixedIp: fixedIp ?? null, mac: fixedIp === undefined ? randomMac(serverId, index) : macOf(fixedIp) };
  });
}

function automatic(hosts: readonly Pick<BuildCandidate, "facts">[]): Card[] {
  const names = new Set(hosts.flatMap(({ facts }) => facts?.networks.filter((one) => one.active).map((one) => one.name) ?? []));
  if (names.size === 0) return [];
  if (names.has("default")) return [{ uuid: "default" }];
  const [only] = names;
  if (names.size === 1 && only !== undefined) return [{ uuid: only }];
  const sentence = `Multiple possible networks found (${[...names].sort().join(", ")}), use a Network ID to be more specific.`;
  throw fail("VALIDATION_FAILED", { sentence });
}

/** Locally administered; told from the server's id, so that it is the same however often it is asked for. */
function randomMac(serverId: string, index: number): string {
  const bytes = createHash("sha256").update(`${serverId}/${index}`).digest();
  return ["fa", "16", "3e", ...[...bytes.subarray(0, 3)].map(hex)].join(":");
}

/** The address is in the card's MAC, so that the two are unique together. */
const macOf = (address: string): string => ["52", "54", ...address.split(".").map((octet) => hex(Number(octet)))].join(":");

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");
