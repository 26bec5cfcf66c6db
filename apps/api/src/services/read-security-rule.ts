import { isIPv4, isIPv6 } from "node:net";
import { fail, type StoredSecurityGroupRule } from "@ferry/core";

/** A rule as a request gives it; the contract has checked the types. */
export interface RuleInput {
  readonly ip_protocol?: string | null;
  readonly from_port?: number | string | null;
  readonly to_port?: number | string | null;
  readonly cidr?: string | null;
  readonly group_id?: string | null;
}

type Match = Pick<StoredSecurityGroupRule, "protocol" | "fromPort" | "toPort">;

const refused = (sentence: string): Error => fail("VALIDATION_FAILED", { sentence });
const given = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined && value !== "";

/** What the rule lets in, as Nova reads it: everything only for the members of a group. Throws VALIDATION_FAILED in Nova's words. */
export function readMatch({ ip_protocol, from_port, to_port, group_id }: RuleInput): Match {
  const [from, to] = [from_port, to_port].map((port) => (given(port) ? port : null));
  if (!given(ip_protocol)) {
    if (given(group_id) && from === null && to === null) return { protocol: null, fromPort: null, toPort: null };
    throw refused("Not enough parameters to build a valid rule.");
  }
  const protocol = protocolOf(ip_protocol);
  if (from === null && to === null && given(group_id)) return { protocol, fromPort: null, toPort: null };
  if (from === null || from === undefined || to === null || to === undefined) throw refused("Not enough parameters to build a valid rule.");
  return protocol === "icmp" ? icmpMatch(from, to) : portMatch(protocol, from, to);
}

function protocolOf(text: string): "tcp" | "udp" | "icmp" {
  const name = text.toLowerCase();
  if (name === "tcp" || name === "udp" || name === "icmp") return name;
  throw refused(`Invalid IP protocol ${text}.`);
}

const wholeNumber = (value: number | string): number | null => (/^-?\d{1,6}$/.test(String(value)) ? Number(value) : null);

function portMatch(protocol: "tcp" | "udp", first: number | string, last: number | string): Match {
  const [fromPort, toPort] = [wholeNumber(first), wholeNumber(last)];
  const wrong = (reason: string): Error => refused(`Invalid port range ${first}:${last}. ${reason}`);
  if (fromPort === null || toPort === null) throw wrong("From and to port must be whole numbers.");
  if (fromPort > toPort) throw wrong("Former value cannot be greater than the later");
  if (fromPort < 1 || toPort > 65_535) throw wrong(`Valid ${protocol.toUpperCase()} ports should be between 1-65535`);
  return { protocol, fromPort, toPort };
}

/** Type and code; -1 is every one, and a code needs its type. */
function icmpMatch(type: number | string, code: number | string): Match {
  const [fromPort, toPort] = [wholeNumber(type), wholeNumber(code)];
  const fits = (value: number | null): value is number => value !== null && value >= -1 && value <= 255;
  if (!fits(fromPort) || !fits(toPort) || (fromPort === -1 && toPort !== -1))
    throw refused(`Invalid port range ${type}:${code}. For ICMP, the type:code must be valid`);
  return { protocol: "icmp", fromPort: fromPort === -1 ? null : fromPort, toPort: toPort === -1 ? null : toPort };
}

/** The senders' network with its length; without one, everybody of IPv4, as in Nova. Throws VALIDATION_FAILED. */
export function readCidr(text: string | null | undefined): string {
  if (!given(text)) return "0.0.0.0/0";
  const [address = "", lengthText, ...more] = text.split("/");
  const most = isIPv4(address) ? 32 : isIPv6(address) && !address.includes("%") ? 128 : null;
  const length = lengthText === undefined ? most : /^\d{1,3}$/.test(lengthText) ? Number(lengthText) : null;
  if (most === null || length === null || length > most || more.length > 0) throw refused(`Invalid cidr ${text}.`);
  if (length === 0 && !/^[0.:]+$/.test(address)) throw refused(`Bad prefix for network in cidr ${text}`);
  return `${address.toLowerCase()}/${length}`;
}
