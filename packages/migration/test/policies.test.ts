import type { FilterDocument, HostRecord, JobStatus } from "@ferry/core";
import { describe, expect, it } from "vitest";
import { makeMovePlan } from "../src/check/make-move-plan.ts";
import type { DiskFacts } from "../src/facts.ts";
import { backingFiles, copies } from "../src/move-plan.ts";
import { availableMiB } from "../src/policy/available-memory.ts";
import { chooseTransport } from "../src/policy/choose-transport.ts";
import { jobProgress } from "../src/policy/job-progress.ts";
import { matchFilters } from "../src/policy/match-filters.ts";
import { placementPaths } from "../src/policy/placement-paths.ts";
import { planDisks } from "../src/policy/plan-disks.ts";
import { rankCandidates } from "../src/policy/rank-candidates.ts";
import {
  destinationId,
  diskFacts,
  type FactChanges,
  guest,
  guestDisk,
  hostFacts,
  moveFacts,
  pool,
  record,
  sourceId,
  volume,
} from "./support/move-facts.ts";

const base = volume("/base/debian.qcow2", { pool: "base", format: "raw", capacityBytes: 100, fileBytes: 60 });
const basePool = pool({ name: "base", path: "/base" });
const onBase = guestDisk({ backing: [{ path: base.path, format: "raw" }] });
const withPools = (...pools: (typeof basePool)[]) => ({ host: hostFacts({ hostUuid: "x", pools }) });

/** One disk on a base. */
const overlay = (destination: FactChanges["destination"] = withPools(pool(), basePool)): FactChanges => ({
  source: { guest: guest({ disks: [onBase] }), disks: [diskFacts({ backing: [base] })] },
  destination: destination ?? {},
});
/** The only disk, changed. */
const disk = (change: Parameters<typeof guestDisk>[0], destination: FactChanges["destination"] = {}): FactChanges => ({
  source: { guest: guest({ disks: [guestDisk(change)] }) },
  destination: destination ?? {},
});

const planned = (changes: FactChanges) => planDisks(moveFacts(changes))[0];
const reasonOf = (changes: FactChanges, index = 0) => {
  const plan = planDisks(moveFacts(changes))[index];
  return plan?.action === "immovable" ? plan.reason : plan?.action;
};

describe("planDisks", () => {
  it("copies a local disk to the pool of the same directory under its name", () => {
    const other = pool({ name: "ssd", path: "/images" });
    expect(planned({ destination: withPools(pool({ path: "/elsewhere" }), other) })).toMatchObject({
      action: "copy",
      pool: "ssd",
      path: "/images/lm001.qcow2",
      sourcePath: "/images/lm001.qcow2",
      backing: null,
      chain: [],
      defined: true,
    });
  });

  it("takes the pool of the same name when no pool has the directory", () => {
    expect(planned({ destination: withPools(pool({ path: "/srv/vm" })) })).toMatchObject({ pool: "default", path: "/srv/vm/lm001.qcow2" });
  });

  it.each<[string, FactChanges, string]>([
    ["an empty drive", disk({ device: "cdrom", source: { type: "none" } }), "none"],
    ["a network disk", disk({ source: { type: "network", protocol: "rbd", name: "p/v" } }), "shared"],
    ["a proven shared file", disk({}, { sharedPaths: ["/images/lm001.qcow2"] }), "shared"],
    ["a shared ISO", disk({ device: "cdrom", readOnly: true, format: "raw" }, { sharedPaths: ["/images/lm001.qcow2"] }), "shared"],
    ["a local ISO", disk({ device: "cdrom" }), "its medium /images/lm001.qcow2 is a file of the source host"],
    ["a block device", disk({ source: { type: "block", path: "/dev/sdb" } }), "its source /dev/sdb is not a file in a storage pool"],
    ["a shareable disk", disk({ shareable: true }), "it is marked shareable"],
    ["a read-only disk", disk({ readOnly: true }), "it is read-only and libvirt copies only writable disks"],
    ["a disk without format", disk({ format: null }), "its declared format is missing"],
    ["a vmdk", disk({ format: "vmdk" }), "its declared format is vmdk"],
    [
      "no pool to go to",
      disk({}, withPools(pool({ name: "other", path: "/other" }))),
      "no pool of the destination has the directory or the name of pool default",
    ],
    [
      "only a volume group to go to",
      disk({}, withPools(pool({ type: "logical", path: "/dev/vg" }))),
      "no pool of the destination has the directory or the name of pool default",
    ],
    ["a volume of the pool", disk({ source: { type: "volume", pool: "default", volume: "lm001.qcow2" } }), "copy"],
    [
      "a shared volume in a pool of the same name",
      disk(
        { source: { type: "volume", pool: "default", volume: "lm001.qcow2" } },
        { sharedPaths: ["/images/lm001.qcow2"], volumes: { "/images/lm001.qcow2": volume() } },
      ),
      "shared",
    ],
    [
      "a shared volume in a pool of another name",
      disk(
        { source: { type: "volume", pool: "default", volume: "lm001.qcow2" } },
        { sharedPaths: ["/images/lm001.qcow2"], volumes: { "/images/lm001.qcow2": volume(undefined, { pool: "nfs" }) } },
      ),
      "its storage pool default is named nfs at the destination",
    ],
  ])("decides: %s", (_what, changes, outcome) => {
    expect(reasonOf(changes)).toBe(outcome);
  });

  it("brings a base that is missing and keeps its path", () => {
    const plan = planned(overlay());
    expect(plan).toMatchObject({ action: "copy", backing: { path: base.path, format: "raw" } });
    expect(plan?.action === "copy" && plan.chain).toMatchObject([{ path: base.path, pool: "base", format: "raw", present: false }]);
  });

  it("marks a base that is there, so that it is compared before use", () => {
    const plan = planned(overlay({ ...withPools(pool()), volumes: { [base.path]: base } }));
    expect(plan?.action === "copy" && plan.chain).toMatchObject([{ path: base.path, pool: "base", present: true }]);
  });

  it("leaves a base on shared storage alone", () => {
    const plan = planned(overlay({ sharedPaths: [base.path], volumes: { [base.path]: base } }));
    expect(plan).toMatchObject({ action: "copy", backing: { path: base.path }, chain: [] });
  });

  it.each<[string, FactChanges, string]>([
    [
      "a base of another size",
      overlay({ volumes: { [base.path]: { ...base, capacityBytes: 99 } } }),
      "the destination has another file at its backing path /base/debian.qcow2",
    ],
    [
      "no pool for the base",
      overlay(withPools(pool())),
      "no pool of the destination has the directory of its backing file /base/debian.qcow2",
    ],
    [
      "a base outside all pools",
      { source: { guest: guest({ disks: [onBase] }), disks: [diskFacts({ backing: [null] })] } },
      "a file of its backing chain lies in no pool of the source",
    ],
    [
      "a base without format",
      { source: { guest: guest({ disks: [onBase] }), disks: [diskFacts({ backing: [{ ...base, format: null }] })] } },
      "its backing file /base/debian.qcow2 has format unknown",
    ],
    [
      "a shared overlay on a local base",
      { ...overlay({ sharedPaths: ["/images/lm001.qcow2"] }) },
      "its backing file /base/debian.qcow2 is not on shared storage",
    ],
  ])("refuses: %s", (_what, changes, reason) => {
    expect(reasonOf(changes)).toBe(reason);
  });

  const twoDisks = (second: Partial<DiskFacts>, first: Partial<DiskFacts> = {}): FactChanges => ({
    source: {
      guest: guest({
        disks: [
          first.backing ? onBase : guestDisk(),
          guestDisk({ target: "vdb", source: { type: "file", path: "/x" }, backing: second.backing ? onBase.backing : [] }),
        ],
      }),
      disks: [diskFacts(first), diskFacts({ target: "vdb", ...second })],
    },
    destination: withPools(pool(), basePool),
  });

  it("counts a base of two disks once", () => {
    const facts = moveFacts(twoDisks({ backing: [base], volume: volume("/images/b.qcow2") }, { backing: [base] }));
    expect(copies({ disks: planDisks(facts) })).toHaveLength(2);
    expect(backingFiles({ disks: planDisks(facts) }).map((layer) => layer.path)).toEqual([base.path]);
  });

  it("refuses two disks that would get one place", () => {
    expect(reasonOf(twoDisks({ volume: volume("/b/lm001.qcow2") }), 1)).toBe("it would get the place of disk vda, /images/lm001.qcow2");
  });

  it("refuses a disk whose base is not declared beside one that is copied without its base", () => {
    const hidden = volume("/images/b.qcow2", { backing: { path: "/base/old.qcow2", format: "qcow2" } });
    expect(reasonOf(twoDisks({ volume: hidden }, { backing: [base] }), 1)).toBe(
      "its image stands on /base/old.qcow2, which its live definition does not declare",
    );
    expect(reasonOf(twoDisks({ volume: hidden }), 1)).toBe("copy");
  });

  it("knows a disk that is attached to the running guest only", () => {
    expect(planDisks(moveFacts({ source: { persistent: guest({ disks: [] }) } }))[0]).toMatchObject({ defined: false });
    expect(planDisks(moveFacts({ source: { persistent: null } }))[0]).toMatchObject({ defined: true });
  });
});

describe("placementPaths", () => {
  it("names each path that a move writes to or relies on, and the active pools to refresh", () => {
    const { source } = moveFacts(overlay());
    const pools = [pool({ path: "/srv" }), basePool, pool({ name: "off", path: "/images", active: false })];
    expect(placementPaths(source, hostFacts({ pools }))).toEqual({
      pools: ["default", "base"],
      paths: ["/images/lm001.qcow2", "/srv/lm001.qcow2", "/base/debian.qcow2"],
    });
  });
});

describe("chooseTransport", () => {
  it.each([
    ["auto, proven", {}, { transport: "p2p" }],
    ["auto, a short move", { source: { disks: [] } }, { transport: "direct" }],
    ["auto, a short move because its disk is shared", { destination: { sharedPaths: ["/images/lm001.qcow2"] } }, { transport: "direct" }],
    ["p2p, a short move", { order: { transport: "p2p" }, source: { disks: [] } }, { transport: "p2p" }],
    ["auto, sshd silent", { destination: { sshReach: "silent" } }, { transport: "direct" }],
    ["auto, not asked", { destination: { sshReach: null } }, { transport: "direct" }],
    ["direct, though p2p is proven", { order: { transport: "direct" } }, { transport: "direct" }],
    ["p2p", { order: { transport: "p2p" } }, { transport: "p2p" }],
    [
      "p2p, sshd not open",
      { order: { transport: "p2p" }, destination: { sshReach: "refused" } },
      { refused: "kvm1 does not reach the sshd of kvm2 (refused)", remedy: "Allow it, or ask for the transport direct or auto." },
    ],
    [
      "p2p, no ssh client",
      { order: { transport: "p2p" }, source: { canPeer: false } },
      { refused: "kvm1 lacks the ssh client or SFTP", remedy: "Allow it, or ask for the transport direct or auto." },
    ],
  ] as [string, FactChanges, object][])("%s", (_what, changes, choice) => {
    expect(chooseTransport(moveFacts(changes))).toEqual(choice);
  });
});

describe("rankCandidates", () => {
  const host = (name: string, free: number, change: Partial<HostRecord> = {}) => ({
    ...record(destinationId, name, change),
    availableMiB: free,
  });
  it("tries the host with most room first, equals by name, a silent one last", () => {
    const hosts = [host("silent", -1), host("b", 10), host("big", 20), host("a", 10)];
    expect(rankCandidates(hosts).map(({ name }) => name)).toEqual(["big", "a", "b", "silent"]);
  });
  it("leaves out hosts that are disabled, forced down or not up", () => {
    const hosts = [
      host("a", 1, { enabled: false }),
      host("b", 1, { forcedDown: true }),
      host("c", 1, { state: "quarantined" }),
      host("d", 1),
    ];
    expect(rankCandidates(hosts).map(({ name }) => name)).toEqual(["d"]);
  });
});

describe("matchFilters", () => {
  const filter = (name: string, references: string[] = [], rulesXml = "<r/>"): FilterDocument => ({
    name,
    uuid: "u",
    rulesXml,
    references,
  });
  it("puts filters before those that refer to them", () => {
    const source = { a: filter("a", ["z"]), m: filter("m", ["a"]), z: filter("z") };
    expect(matchFilters(source, {}).map(({ name }) => name)).toEqual(["z", "a", "m"]);
  });
  it("tells what is there, to be placed, different or missing", () => {
    const source = { equal: filter("equal"), gone: null, new: filter("new"), other: filter("other") };
    const kinds = matchFilters(source, { equal: filter("equal"), new: null, other: filter("other", [], "<x/>") });
    expect(Object.fromEntries(kinds.map(({ name, kind }) => [name, kind]))).toEqual({
      equal: "present",
      gone: "missing-at-source",
      new: "place",
      other: "different",
    });
  });
  it("survives filters that refer to each other", () => {
    expect(matchFilters({ a: filter("a", ["b"]), b: filter("b", ["a"]) }, {}).map(({ name }) => name)).toEqual(["b", "a"]);
  });
});

describe("availableMiB", () => {
  it.each([
    [1024 * 1024, 0, 0, 1024],
    [1024 * 1024, 300, 512, 212],
    [1024 * 1024 + 1023, 0, 0, 1024],
    [1024 * 1024, 1024, 512, 0],
  ])("%i KiB less %i claimed and %i reserved is %i MiB", (memoryAvailableKiB, claimed, reserved, free) => {
    expect(availableMiB(hostFacts({ memoryAvailableKiB }), claimed, reserved)).toBe(free);
  });
});

describe("jobProgress", () => {
  const at = { phase: "migrate", step: "transfer-guest" } as const;
  const job = (statistics: object): JobStatus => ({ kind: "running", operation: "outgoing", statistics });

  it("takes the job's numbers and its rate for the time left", () => {
    const numbers = {
      memoryTotalBytes: 100,
      memoryProcessedBytes: 40,
      memoryRemainingBytes: 60,
      memoryBytesPerSecond: 10,
      diskRemainingBytes: 40,
      memoryIteration: 2,
    };
    expect(jobProgress(at, job(numbers), [])).toMatchObject({
      ...at,
      memoryRemainingBytes: 60,
      bytesPerSecond: 10,
      remainingMs: 10_000,
      iteration: 2,
      disks: [],
    });
  });
  it("adds up the disks when the job does not count them", () => {
    const disks = [
      { target: "vda", totalBytes: 10, doneBytes: 4, ready: false },
      { target: "vdb", totalBytes: 5, doneBytes: 5, ready: true },
    ];
    expect(jobProgress(at, job({}), disks)).toMatchObject({ diskTotalBytes: 15, diskProcessedBytes: 9, diskRemainingBytes: 6, disks });
  });
  it("leaves null what is not known", () => {
    const progress = jobProgress(at, { kind: "none" }, []);
    expect(progress).toMatchObject({
      memoryTotalBytes: null,
      diskTotalBytes: null,
      bytesPerSecond: null,
      remainingMs: null,
      iteration: null,
    });
  });
});

describe("makeMovePlan", () => {
  it("records what later steps need, and leaves claims to the store", () => {
    const nics = ["lan", "lan"].map((source) => ({ mac: "m", type: "network", source, target: null, model: null, filter: null }));
    const facts = moveFacts({ ...overlay({ ...withPools(pool(), basePool), claimedMiB: 1000 }) });
    const plan = makeMovePlan({ ...facts, source: { ...facts.source, guest: guest({ disks: [onBase], interfaces: nics }) } });
    expect(plan).toMatchObject({
      sourceId,
      destinationId,
      transport: "p2p",
      paused: false,
      memoryMiB: 256,
      availableMiB: 4096 - 512,
      pools: ["default", "base"],
      networks: ["lan"],
    });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });
  it("refuses to plan what was not checked", () => {
    expect(() => makeMovePlan(moveFacts({ destination: { host: null } }))).toThrow(expect.objectContaining({ code: "INTERNAL" }));
  });
});
