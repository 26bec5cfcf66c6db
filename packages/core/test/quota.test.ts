import { describe, expect, it } from "vitest";
import { hostsOfZone, quotaAllows, quotaExcess, type ServerAmounts } from "../src/index.ts";

const amounts = (instances: number, cores: number, ram: number): ServerAmounts => ({ instances, cores, ram });

describe("what breaks a quota", () => {
  it.each([
    ["no limit at all", amounts(-1, -1, -1), amounts(900, 900, 900), amounts(1, 1, 1), null],
    ["the last one", amounts(3, -1, -1), amounts(2, 4, 4), amounts(1, 2, 2), null],
    ["one too many", amounts(3, -1, -1), amounts(3, 4, 4), amounts(1, 2, 2), { resource: "instances", asked: 1, used: 3, limit: 3 }],
    ["several at once", amounts(-1, 10, -1), amounts(3, 4, 4), amounts(4, 8, 2), { resource: "cores", asked: 8, used: 4, limit: 10 }],
    ["none allowed", amounts(-1, -1, 0), amounts(0, 0, 0), amounts(1, 1, 512), { resource: "ram", asked: 512, used: 0, limit: 0 }],
    ["over it already, and asking for no more of that", amounts(1, 2, 64), amounts(5, 9, 999), amounts(0, 0, -64), null],
  ] as const)("%s", (_, limits, used, asked, excess) => expect(quotaExcess(limits, used, asked)).toEqual(excess));

  it.each([
    [-1, 1000, true],
    [0, 0, false],
    [2, 1, true],
    [2, 2, false],
  ])("one more at a limit of %i with %i there: %s", (limit, used, allowed) => expect(quotaAllows(limit, used)).toBe(allowed));
});

describe("hosts of a zone", () => {
  const hosts = [{ zone: "nova" }, { zone: "east" }, { zone: "nova" }];
  it.each([
    [null, 3],
    ["nova", 2],
    ["east", 1],
    ["west", 0],
  ])("%s: %i", (zone, count) => expect(hostsOfZone(hosts, zone)).toHaveLength(count));
});
