import type { SecurityGroupRule } from "@ferry/core";
import { buildNwfilter, parseNwfilter, securityFilters, XmlError } from "@ferry/libvirt-xml";
import { expect, test } from "vitest";

const server = "21729de9-c240-46e0-ad28-db5381f6f075";
const web = "09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f";
const ssh = "5c6d49af-b071-6127-b4ec-6f8ed4b55335";
const anyone = { protocol: null, fromPort: null, toPort: null, cidr: "0.0.0.0/0" } as const;
const rulesOf = (...rules: Partial<SecurityGroupRule>[]): string[] =>
  securityFilters({ id: server, groups: [{ id: web, rules: rules.map((rule) => ({ ...anyone, ...rule })) }], guard: "mac" })
    .at(-1)
    ?.rulesXml.match(/<rule.*?<\/rule>/g) ?? [];
const allowed = (match: string): string => `<rule action="accept" direction="in" priority="500">${match}</rule>`;

test.each<[what: string, rule: Partial<SecurityGroupRule>, match: string]>([
  ["everything", {}, "<all/>"],
  ["one port", { protocol: "tcp", fromPort: 22, toPort: 22 }, '<tcp dstportstart="22" dstportend="22"/>'],
  [
    "a range from one network",
    { protocol: "udp", fromPort: 1, toPort: 9, cidr: "10.0.0.0/8" },
    '<udp dstportstart="1" dstportend="9" srcipaddr="10.0.0.0" srcipmask="8"/>',
  ],
  ["all ports in Nova's word", { protocol: "tcp", fromPort: -1, toPort: -1 }, "<tcp/>"],
  ["pings", { protocol: "icmp", fromPort: 8, toPort: 0 }, '<icmp type="8" code="0"/>'],
  [
    "one IPv6 address",
    { protocol: "tcp", fromPort: 80, toPort: null, cidr: "2001:db8::1/128" },
    '<tcp-ipv6 dstportstart="80" srcipaddr="2001:db8::1" srcipmask="128"/>',
  ],
  ["ICMP of IPv6", { protocol: "icmp", cidr: "::/0" }, "<icmpv6/>"],
  ["one card", { protocol: "tcp", mac: "52:54:00:00:00:01" }, '<tcp srcmacaddr="52:54:00:00:00:01"/>'],
  ["everything from one IPv6 network", { cidr: "fd00::/8" }, '<all-ipv6 srcipaddr="fd00::" srcipmask="8"/>'],
])("a rule lets in %s", (_, rule, match) => {
  expect(rulesOf(rule)).toEqual([allowed(match)]);
});

test.each<[what: string, rule: Partial<SecurityGroupRule>]>([
  ["a network without a length", { cidr: "10.0.0.0" }],
  ["a length that is too long", { cidr: "10.0.0.0/33" }],
  ["a name", { cidr: "example.org/8" }],
  ["XML", { cidr: "0.0.0.0/0'><rule" }],
  ["a port above the last one", { protocol: "tcp", fromPort: 65_536 }],
  ["half a port", { protocol: "tcp", fromPort: 1.5 }],
  ["ports the wrong way round", { protocol: "udp", fromPort: 9, toPort: 1 }],
  ["an ICMP type that is none", { protocol: "icmp", fromPort: 256 }],
])("a rule with %s is refused", (_, rule) => {
  expect(() => rulesOf(rule)).toThrow(XmlError);
});

test("equal groups give equal text, whatever the order of their rules and however often each is there", () => {
  const [tcp, udp] = [{ protocol: "tcp" }, { protocol: "udp" }] as const;
  expect(rulesOf(tcp, udp, tcp)).toEqual(rulesOf(udp, tcp));
  expect(rulesOf(tcp, udp)).toHaveLength(2);
});

test("a server is guarded by one filter of its own, which has the rules of its groups and refers to what all have in common", () => {
  const [rule, other] = [{ ...anyone, protocol: "tcp" } as const, { ...anyone, protocol: "udp" } as const];
  const groups = [
    { id: web, rules: [rule] },
    { id: ssh, rules: [other, rule] },
  ];
  const filters = securityFilters({ id: server, groups, guard: "mac" });
  expect(filters.map(({ name }) => name)).toEqual(["ferry-base", `ferry-server-${server}`]);
  const top = parseNwfilter(buildNwfilter({ ...(filters.at(-1) ?? { name: "", rulesXml: "" }), uuid: server }));
  expect(top.references).toEqual(["no-mac-spoofing", "no-arp-mac-spoofing", "ferry-base"]);
  expect(top.rulesXml.match(/<(tcp|udp)\/>/g)).toEqual(["<tcp/>", "<udp/>"]);
});

test("a server whose address is known cannot use another one", () => {
  const [, top] = securityFilters({ id: server, groups: [], guard: "address" });
  expect(top?.rulesXml).toContain('<filterref filter="clean-traffic"/>');
});

test("without a rule nothing comes in but answers; all goes out", () => {
  const [base] = securityFilters({ id: server, groups: [], guard: "mac" });
  const drops = base?.rulesXml.match(/<rule action="drop" direction="in" priority="900"><all(-ipv6)?\/><\/rule>/g);
  expect(drops).toHaveLength(2);
  expect(base?.rulesXml).toContain('<rule action="accept" direction="out" priority="300"><all/></rule>');
  expect(base?.rulesXml).not.toContain('direction="in" priority="300"><all state="ESTABLISHED');
});

test("a filter reads back as it was built, so that two hosts can be compared", () => {
  for (const { name, rulesXml } of securityFilters({ id: server, groups: [{ id: web, rules: [anyone] }], guard: "mac" }))
    expect(parseNwfilter(buildNwfilter({ name, rulesXml, uuid: web })).rulesXml).toBe(
      parseNwfilter(buildNwfilter({ name, rulesXml, uuid: ssh })).rulesXml,
    );
});

test("only a uuid becomes part of a filter's name", () => {
  expect(() => securityFilters({ id: "../x", groups: [], guard: "mac" })).toThrow(XmlError);
});
