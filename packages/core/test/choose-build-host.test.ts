import { type BuildCandidate, chooseBuildHost, type HostFacts } from "@ferry/core";
import { describe, expect, it } from "vitest";

const GIB = 1024 ** 3;

const pool = (name: string, freeGiB: number, more: object = {}) => ({
  name,
  type: "dir",
  active: true,
  path: `/srv/${name}`,
  capacityBytes: 100 * GIB,
  availableBytes: freeGiB * GIB,
  ...more,
});

const facts = (freeMiB: number, more: Partial<HostFacts> = {}): HostFacts =>
  ({
    memoryAvailableKiB: freeMiB * 1024,
    pools: [pool("default", 50)],
    networks: [{ name: "lab", active: true, bridge: "virbr0", portgroups: [] }],
    bridges: ["br0"],
    ...more,
  }) as HostFacts;

const host = (name: string, known: HostFacts | null, more: Partial<BuildCandidate> = {}): BuildCandidate => ({
  id: name,
  name,
  state: "up",
  enabled: true,
  forcedDown: false,
  facts: known,
  claimedMiB: 0,
  ...more,
});

const needs = {
  flavor: { memoryMiB: 2048, rootGiB: 20 },
  image: { sizeBytes: GIB, virtualBytes: 10 * GIB },
  nics: [{ network: "br0" }],
};

describe("chooseBuildHost", () => {
  it.each<[string, BuildCandidate[], string]>([
    ["the one with most memory free", [host("a", facts(4000)), host("b", facts(8000))], "b"],
    ["what is claimed counts", [host("a", facts(4000)), host("b", facts(8000), { claimedMiB: 5000 })], "a"],
    ["by name where they are equal", [host("b", facts(4000)), host("a", facts(4000))], "a"],
    ["not one that is down", [host("a", facts(4000)), host("b", facts(8000), { state: "down" })], "a"],
    ["not one that is disabled", [host("a", facts(4000)), host("b", facts(8000), { enabled: false })], "a"],
    ["not one without the network", [host("a", facts(4000)), host("b", facts(8000, { bridges: [] }))], "a"],
    ["not one of which nothing is known", [host("a", facts(4000)), host("b", null)], "a"],
  ])("takes %s", (_, hosts, chosen) => {
    expect(chooseBuildHost(hosts, needs)).toMatchObject({ host: { name: chosen } });
  });

  it.each<[string, BuildCandidate[], RegExp]>([
    ["there is none", [], /There are no hosts/],
    ["memory is short, the reserve of 512 MiB kept", [host("a", facts(2559))], /a: it has 2047 MiB of memory free, must have 2048/],
    ["no pool has room", [host("a", facts(8000, { pools: [pool("default", 0.5)] }))], /no running pool of files has 1 GiB free/],
    ["the pool is stopped", [host("a", facts(8000, { pools: [pool("default", 50, { active: false })] }))], /no running pool/],
    ["the pool has no files", [host("a", facts(8000, { pools: [pool("vg", 50, { type: "logical" })] }))], /no running pool/],
    ["its network does not run", [host("a", facts(8000, { bridges: [] }))], /no running network or bridge br0/],
  ])("says of each host why not when %s", (_, hosts, refused) => {
    expect(chooseBuildHost(hosts, needs)).toEqual({ refused: expect.stringMatching(refused) });
  });

  it("does not put an image on a smaller disk", () => {
    const small = { ...needs, flavor: { memoryMiB: 128, rootGiB: 5 } };
    expect(chooseBuildHost([host("a", facts(8000))], small)).toEqual({ refused: expect.stringContaining("smaller than the image") });
  });
});
