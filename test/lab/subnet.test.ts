import { expect, test } from "vitest";
import { guestAddress, guestMac, hostAddress, overlaps, parseSubnet } from "./subnet.ts";

test("addresses follow from the index", () => {
  const subnet = parseSubnet("198.18.78.0/24");
  expect(hostAddress(subnet, 2)).toBe("198.18.78.12");
  expect(guestAddress(subnet, 1)).toBe("198.18.78.101");
});

test("a guest's MAC address ends with its IPv4 address", () => {
  expect(guestMac(parseSubnet("198.18.78.0/24"), 1)).toBe("52:54:c6:12:4e:65");
});

test.each(["198.18.78.0/25", "198.18.78.1/24", "198.18.300.0/24", "lab", ""])("refuses the subnet %j", (cidr) => {
  expect(() => parseSubnet(cidr)).toThrow(/must be an IPv4 \/24/);
});

test.each([
  ["198.18.78.0/24", "198.18.0.0/15", true],
  ["198.18.78.0/24", "198.18.78.77", true],
  ["198.18.78.0/24", "198.18.79.0/24", false],
  ["198.18.78.0/24", "198.18.77.255/32", false],
  ["198.18.78.0/24", "default", false],
  ["255.255.255.0/24", "0.0.0.0/1", false],
])("%s and %s overlap: %s", (left, right, expected) => {
  expect(overlaps(left, right)).toBe(expected);
  expect(overlaps(right, left)).toBe(expected);
});
