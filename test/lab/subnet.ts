/** An IPv4 /24 network of a lab: `prefix` is its first three octets, such as "198.18.78". */
export interface Subnet {
  readonly cidr: string;
  readonly prefix: string;
}

/** Offsets of the addresses in the lab's /24. */
export const ADDRESS_OFFSETS = { root: 1, portal: 1, host: 10, guest: 100 } as const;

/** The largest numbers that fit between the offsets above. */
export const MAX_HOSTS = 80;
export const MAX_GUESTS = 150;

/**
 * Parses "A.B.C.0/24".
 * @throws Error when it is anything else: guests derive their address from their MAC address and know only /24 networks.
 */
export function parseSubnet(cidr: string): Subnet {
  const match = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.0\/24$/.exec(cidr);
  const prefix = match?.[1];
  if (prefix === undefined || prefix.split(".").some((octet) => Number(octet) > 255)) {
    throw new Error(`Cannot use lab subnet "${cidr}": it must be an IPv4 /24 such as 198.18.78.0/24.`);
  }
  return { cidr, prefix };
}

/** The address of the lab's root-namespace interface. */
export function rootAddress(subnet: Subnet): string {
  return `${subnet.prefix}.${ADDRESS_OFFSETS.root}`;
}

/** The address of host number `index`, counted from 1. */
export function hostAddress(subnet: Subnet, index: number): string {
  return `${subnet.prefix}.${ADDRESS_OFFSETS.host + index}`;
}

/** The address of the storage server's portal number `index`, 1 or 2. */
export function portalAddress(subnet: Subnet, index: 1 | 2): string {
  return `${subnet.prefix}.${ADDRESS_OFFSETS.portal + index}`;
}

/** The address of guest number `index`, counted from 1. */
export function guestAddress(subnet: Subnet, index: number): string {
  return `${subnet.prefix}.${ADDRESS_OFFSETS.guest + index}`;
}

/**
 * The MAC address whose last four octets are the guest's IPv4 address. The guest reads its address from it, so that a
 * guest needs nothing but its own disk and network card. 52:54 marks the address as locally administered.
 */
export function guestMac(subnet: Subnet, index: number): string {
  const octets = guestAddress(subnet, index).split(".");
  return ["52", "54", ...octets.map((octet) => Number(octet).toString(16).padStart(2, "0"))].join(":");
}

/** True when the two IPv4 networks, written as "A.B.C.D/length", share an address. "default" overlaps nothing. */
export function overlaps(left: string, right: string): boolean {
  if (left === "default" || right === "default") return false;
  const [a, b] = [range(left), range(right)];
  return a.first <= b.last && b.first <= a.last;
}

function range(cidr: string): { first: number; last: number } {
  const [address = "", length = "32"] = cidr.split("/");
  const value = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - Number(length));
  const first = Math.floor(value / size) * size;
  return { first, last: first + size - 1 };
}
