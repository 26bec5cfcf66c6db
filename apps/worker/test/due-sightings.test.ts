import { type GuestDisk, type HostFacts, hostId, type PoolFacts } from "@ferry/core";
import { describe, expect, it } from "vitest";
import { dueSightings, type SeeingHost } from "../src/hosts/due-sightings.ts";

const [here, there] = [hostId("11111111-1111-4111-8111-111111111111"), hostId("22222222-2222-4222-8222-222222222222")];
const NOW = Date.parse("2026-01-02T03:04:05Z");
const minutesAgo = (minutes: number): Date => new Date(NOW - minutes * 60_000);

const pool = (change: Partial<PoolFacts> = {}): PoolFacts => ({
  name: "shared",
  type: "dir",
  active: true,
  path: "/srv/shared",
  capacityBytes: 1,
  availableBytes: 1,
  ...change,
});
const host = (id: SeeingHost["id"], bootId: string | null, pools: readonly PoolFacts[] = [pool()]): SeeingHost => ({
  id,
  facts: { bootId, pools } as unknown as HostFacts,
});
const disk = (source: GuestDisk["source"]): GuestDisk => ({ target: "vda", source }) as unknown as GuestDisk;
const file = disk({ type: "file", path: "/srv/shared/lm001.qcow2" });
const due = {
  directory: "/srv/shared",
  disk: "/srv/shared/lm001.qcow2",
  witnessId: there,
  pool: "shared",
  hostBootId: "boot-1",
  witnessBootId: "boot-2",
};
const known = { directory: "/srv/shared", witnessId: there, shared: true, hostBootId: "boot-1", witnessBootId: "boot-2" };

const ask = (
  seen: readonly (typeof known & { lookedAt: Date })[],
  {
    disks = [file],
    one = host(here, "boot-1"),
    other = host(there, "boot-2"),
  }: { disks?: GuestDisk[]; one?: SeeingHost; other?: SeeingHost } = {},
) => dueSightings(one, [other], disks, seen, NOW);

describe("a directory with disks of guests", () => {
  it.each([
    ["is looked at when it never was", [], true],
    ["is left for an hour once it is known to be shared", [{ ...known, lookedAt: minutesAgo(59) }], false],
    ["is looked at again after that", [{ ...known, lookedAt: minutesAgo(61) }], true],
    ["is left for five minutes when it was not shared", [{ ...known, shared: false, lookedAt: minutesAgo(4) }], false],
    ["is looked at again after those", [{ ...known, shared: false, lookedAt: minutesAgo(6) }], true],
    ["is looked at again when the host was restarted", [{ ...known, hostBootId: "boot-0", lookedAt: minutesAgo(1) }], true],
    ["is looked at again when the other host was", [{ ...known, witnessBootId: "boot-0", lookedAt: minutesAgo(1) }], true],
  ])("%s", (_situation, seen, isDue) => {
    expect(ask(seen)).toEqual(isDue ? [due] : []);
  });

  it("is looked at once, however many disks are in it, also through a volume of a pool", () => {
    expect(ask([], { disks: [file, disk({ type: "volume", pool: "shared", volume: "lm001.qcow2" })] })).toEqual([due]);
  });
});

describe("nothing is looked at", () => {
  it.each([
    ["for disks that are no files", { disks: [disk({ type: "block", path: "/srv/shared/lun" }), disk({ type: "none" })] }],
    ["when the other host has no running pool there", { other: host(there, "boot-2", [pool({ active: false })]) }],
    ["when its pool is of another kind", { other: host(there, "boot-2", [pool({ type: "logical" })]) }],
    ["when its pool is elsewhere", { other: host(there, "boot-2", [pool({ path: "/srv" })]) }],
    ["when the host does not tell its boot", { one: host(here, null) }],
    ["when the other does not", { other: host(there, null) }],
    ["of a host that was never asked", { one: { id: here, facts: null } }],
  ])("%s", (_situation, change) => {
    expect(ask([], change)).toEqual([]);
  });
});
