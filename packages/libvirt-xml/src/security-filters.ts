import { isIPv4, isIPv6 } from "node:net";
import { guardName, isUuid, type SecurityGroup, type SecurityGroupRule, type SpoofingGuard } from "@ferry/core";
import type { Element } from "@xmldom/xmldom";
import { createRoot, serialize } from "./document.ts";
import { type Attributes, append } from "./element.ts";
import { XmlError } from "./xml-error.ts";

/** A filter to be defined. Its name and its content never depend on the host, so that two hosts can be compared. */
export interface NewFilter {
  readonly name: string;
  readonly rulesXml: string;
}

/** What every guarded server has in common. */
export const baseFilterName = "ferry-base";
/** The one that the server's cards name; it refers to all others. */
export const serverFilterName = (serverId: string): string => guardName(requireUuid(serverId));

/** Whether a filter of that name is one of these: made from the record, and so never worth keeping where nothing uses it. */
export const isSecurityFilter = (name: string): boolean => /^ferry-(base$|server-)/.test(name);

/** libvirt takes rules in order of priority, lowest first, across all filters of a card. */
const priorities = { established: "300", infrastructure: "400", group: "500", deny: "900" };

/**
 * What guards a server: what its groups let in, answers to what it sent itself, and nothing else; it cannot send as another one. Filters that
 * others refer to come first. The guards against spoofing are libvirt's own filters, which every host with its network filters has.
 */
export function securityFilters(server: {
  readonly id: string;
  readonly groups: readonly SecurityGroup[];
  readonly guard: SpoofingGuard;
}): NewFilter[] {
  const rules = allowed(server.groups.flatMap((group) => group.rules));
  const references = [...guards[server.guard], baseFilterName].map(referenceTo);
  return [baseFilter(), filter(serverFilterName(server.id), [...references, ...rules])];
}

const guards: Readonly<Record<SpoofingGuard, readonly string[]>> = {
  mac: ["no-mac-spoofing", "no-arp-mac-spoofing"],
  address: ["clean-traffic"],
};

/** The rules, each once, in an order that does not depend on theirs. */
function allowed(rules: readonly SecurityGroupRule[]): Part[] {
  const byText = new Map(rules.map((rule) => [filter("one", [allowing(rule)]).rulesXml, rule]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => allowing(rule));
}

/**
 * Answers, and errors about what was sent, come in; so do what gives the server its address, and neighbours' questions in IPv6. What somebody else
 * began comes in only while a rule lets it: an exchange that is under way ends with its rule.
 */
const baseFilter = (): NewFilter =>
  filter(baseFilterName, [
    ...["all", "all-ipv6"].flatMap((protocol) => [
      rule("out", "accept", priorities.established, protocol),
      rule("out", "accept", priorities.established, protocol, { state: "ESTABLISHED,RELATED" }),
      rule("in", "accept", priorities.established, protocol, { state: "RELATED" }),
    ]),
    rule("in", "accept", priorities.infrastructure, "udp", { srcportstart: 67, dstportstart: 68 }),
    rule("in", "accept", priorities.infrastructure, "udp-ipv6", { srcportstart: 547, dstportstart: 546 }),
    ...[134, 135, 136].map((type) => rule("in", "accept", priorities.infrastructure, "icmpv6", { type, statematch: "false" })),
    rule("in", "drop", priorities.deny, "all"),
    rule("in", "drop", priorities.deny, "all-ipv6"),
  ]);

type Part = (parent: Element) => void;

function filter(name: string, parts: readonly Part[]): NewFilter {
  const root = createRoot("filter");
  root.setAttribute("chain", "root");
  root.setAttribute("name", name);
  for (const part of parts) part(root);
  return { name, rulesXml: serialize(root) };
}

const referenceTo =
  (name: string): Part =>
  (parent) => {
    append(parent, "filterref", { filter: name });
  };

const rule =
  (direction: "in" | "out", action: "accept" | "drop", priority: string, protocol: string, match: Attributes = {}): Part =>
  (parent) => {
    append(append(parent, "rule", { action, direction, priority }), protocol, match);
  };

function allowing(one: SecurityGroupRule): Part {
  const { isSix, match: sender } = senderOf(one.cidr);
  const match = { srcmacaddr: one.mac, ...portsOf(one), ...sender };
  return rule("in", "accept", priorities.group, protocolName(one.protocol, isSix), match);
}

function protocolName(protocol: SecurityGroupRule["protocol"], isSix: boolean): string {
  if (protocol === "icmp") return isSix ? "icmpv6" : "icmp";
  return `${protocol ?? "all"}${isSix ? "-ipv6" : ""}`;
}

/** Nova's API gives ports and ICMP's numbers as -1 where all are meant. */
function portsOf({ protocol, fromPort, toPort }: SecurityGroupRule): Attributes {
  if (protocol === null) return {};
  const [first, last] =
    protocol === "icmp" ? [numberIn(fromPort, 255), numberIn(toPort, 255)] : [numberIn(fromPort, 65_535), numberIn(toPort, 65_535)];
  if (protocol === "icmp") return { type: first, code: last };
  if (first !== null && last !== null && first > last)
    throw new XmlError(`Cannot allow ports ${first} to ${last}: the first must not be above the last.`);
  return { dstportstart: first, dstportend: first === null ? null : last };
}

function numberIn(value: number | null, most: number): number | null {
  if (value === null || value === -1) return null;
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new XmlError(`Cannot use ${value} in a security group rule: it must be a number from 0 to ${most}, or -1 for all.`);
}

/** Everybody needs no match: so a rule for `0.0.0.0/0` stays short. */
function senderOf(cidr: string): { readonly isSix: boolean; readonly match: Attributes } {
  const [address = "", text = ""] = cidr.split("/");
  const isSix = isIPv6(address);
  const length = /^[0-9]{1,3}$/.test(text) ? Number(text) : -1;
  if ((!isSix && !isIPv4(address)) || length < 0 || length > (isSix ? 128 : 32))
    throw new XmlError(`Cannot use ${JSON.stringify(cidr)} as a sender: it must be a network in CIDR notation, as 10.0.0.0/8 or ::/0.`);
  return { isSix, match: length === 0 ? {} : { srcipaddr: address, srcipmask: length } };
}

function requireUuid(id: string): string {
  if (isUuid(id)) return id;
  throw new XmlError(`Cannot name a filter after ${JSON.stringify(id)}: it must be a uuid with dashes.`);
}
