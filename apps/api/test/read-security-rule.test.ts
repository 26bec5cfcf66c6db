import { describe, expect, it } from "vitest";
import { readCidr, readMatch } from "../src/services/read-security-rule.ts";

const group = "09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f";
const all = { fromPort: null, toPort: null };

describe("a rule lets in", () => {
  it.each([
    ["one port", { ip_protocol: "tcp", from_port: 22, to_port: 22 }, { protocol: "tcp", fromPort: 22, toPort: 22 }],
    ["ports given as text", { ip_protocol: "UDP", from_port: "1", to_port: "65535" }, { protocol: "udp", fromPort: 1, toPort: 65_535 }],
    ["one type of ICMP", { ip_protocol: "icmp", from_port: 8, to_port: 0 }, { protocol: "icmp", fromPort: 8, toPort: 0 }],
    ["all ICMP", { ip_protocol: "icmp", from_port: -1, to_port: -1 }, { protocol: "icmp", ...all }],
    ["everything from a group", { group_id: group }, { protocol: null, ...all }],
    ["all ports of a protocol from a group", { group_id: group, ip_protocol: "tcp" }, { protocol: "tcp", ...all }],
  ] as const)("%s", (_, input, match) => {
    expect(readMatch(input)).toEqual(match);
  });
});

describe("a rule is refused in Nova's words:", () => {
  it.each([
    ["no protocol for a network", { from_port: 1, to_port: 1 }, /^Not enough parameters/],
    ["ports without a protocol", { group_id: group, from_port: 1, to_port: 1 }, /^Not enough parameters/],
    ["no ports for a network", { ip_protocol: "tcp" }, /^Not enough parameters/],
    ["half a range", { ip_protocol: "tcp", from_port: 1 }, /^Not enough parameters/],
    ["another protocol", { ip_protocol: "sctp", from_port: 1, to_port: 1 }, /^Invalid IP protocol sctp/],
    ["a port that is none", { ip_protocol: "tcp", from_port: "x", to_port: 1 }, /^Invalid port range x:1/],
    ["the wrong way round", { ip_protocol: "tcp", from_port: 2, to_port: 1 }, /^Invalid port range 2:1. Former value/],
    ["port 0", { ip_protocol: "udp", from_port: 0, to_port: 1 }, /Valid UDP ports/],
    ["a port too high", { ip_protocol: "tcp", from_port: 1, to_port: 65_536 }, /Valid TCP ports/],
    ["-1 as a port", { ip_protocol: "tcp", from_port: -1, to_port: -1 }, /Valid TCP ports/],
    ["an ICMP type too high", { ip_protocol: "icmp", from_port: 256, to_port: 0 }, /For ICMP, the type:code/],
    ["a code without a type", { ip_protocol: "icmp", from_port: -1, to_port: 3 }, /For ICMP, the type:code/],
  ] as const)("%s", (_, input, sentence) => {
    expect(() => readMatch(input)).toThrow(sentence);
  });
});

describe("senders", () => {
  it.each([
    [null, "0.0.0.0/0"],
    ["", "0.0.0.0/0"],
    ["10.0.0.0/8", "10.0.0.0/8"],
    ["192.0.2.7", "192.0.2.7/32"],
    ["::/0", "::/0"],
    ["2001:DB8::1", "2001:db8::1/128"],
  ])("%s are %s", (text, cidr) => {
    expect(readCidr(text)).toBe(cidr);
  });

  it.each([
    "10.0.0.0/33",
    "::/129",
    "10.0.0/8",
    "example.org/8",
    "10.0.0.0/8/8",
    "10.0.0.0/",
    "10.0.0.0/-1",
    "fe80::1%eth0/64",
    "'><x",
    " ",
  ])("%s are refused", (text) => {
    expect(() => readCidr(text)).toThrow(/^Invalid cidr/);
  });

  it("of all addresses are not named by one of them", () => {
    expect(() => readCidr("10.0.0.0/0")).toThrow(/^Bad prefix/);
  });
});
