import type { FilterDocument, HostRecord, JobStatistics, JobStatus, MigrationProgress } from "@ferry/core";
import { describe, expect, it } from "vitest";
import { makeMovePlan } from "../src/check/make-move-plan.ts";
import { availableMiB } from "../src/policy/available-memory.ts";
import { chooseTransport } from "../src/policy/choose-transport.ts";
import { jobProgress } from "../src/policy/job-progress.ts";
import { matchFilters } from "../src/policy/match-filters.ts";
import { placementPaths } from "../src/policy/placement-paths.ts";
import { emptyHistory, withHistory } from "../src/policy/progress-history.ts";
import { rankCandidates } from "../src/policy/rank-candidates.ts";
import {
  destinationId,
  diskFacts,
  type FactChanges,
  guest,
  guestDisk,
  hostFacts,
  moveFacts,
  networkCard,
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
      {
        refused: "kvm1 does not reach the sshd of kvm2 (refused)",
        remedy: "Allow it, or ask for the transport direct or auto.",
        wanted: "p2p",
      },
    ],
    [
      "p2p, no ssh client",
      { order: { transport: "p2p" }, source: { canPeer: false } },
      { refused: "kvm1 lacks the ssh client or SFTP", remedy: "Allow it, or ask for the transport direct or auto.", wanted: "p2p" },
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
  it("lets the server's group decide before room does, and a silent host come last all the same", () => {
    const full = { ...host("full", 10), id: sourceId };
    const silent = { ...host("silent", -1), id: sourceId };
    const group = { policy: "soft-affinity", maxServerPerHost: null, others: { [sourceId]: 1 } } as const;
    expect(rankCandidates([host("roomy", 20), full, silent], group).map(({ name }) => name)).toEqual(["full", "roomy", "silent"]);
    const apart = { ...group, policy: "soft-anti-affinity" } as const;
    expect(rankCandidates([full, host("roomy", 5)], apart).map(({ name }) => name)).toEqual(["roomy", "full"]);
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
    filtersIp: false,
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
  it("has what security groups made for this server brought up to date, but not what others share", () => {
    const own = `ferry-server-${guest().uuid}`;
    const source = { "ferry-base": filter("ferry-base"), [own]: filter(own) };
    const left = { "ferry-base": filter("ferry-base", [], "<old/>"), [own]: filter(own, [], "<old/>") };
    expect(matchFilters(source, left).map(({ kind }) => kind)).toEqual(["different", "place"]);
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
    expect(jobProgress(at, job(numbers), [], true)).toMatchObject({
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
    expect(jobProgress(at, job({}), disks, true)).toMatchObject({
      diskTotalBytes: 15,
      diskProcessedBytes: 9,
      diskRemainingBytes: 6,
      disks,
    });
  });
  it("leaves null what is not known", () => {
    const progress = jobProgress(at, { kind: "none" }, [], true);
    expect(progress).toMatchObject({
      memoryTotalBytes: null,
      diskTotalBytes: null,
      bytesPerSecond: null,
      remainingMs: null,
      iteration: null,
    });
  });
  it.each([
    [true, null],
    [false, 0],
  ])("takes a total of 0 for one that is not counted yet (disks are copied: %s, then %s)", (copiesDisks, diskBytes) => {
    const zeros = { memoryTotalBytes: 0, memoryProcessedBytes: 0, memoryRemainingBytes: 0, diskTotalBytes: 0, diskProcessedBytes: 0 };
    expect(jobProgress(at, job({ ...zeros, diskRemainingBytes: 0 }), [], copiesDisks)).toMatchObject({
      memoryTotalBytes: null,
      memoryProcessedBytes: null,
      memoryRemainingBytes: null,
      diskTotalBytes: diskBytes,
      diskProcessedBytes: diskBytes,
      diskRemainingBytes: diskBytes,
    });
  });
});

describe("withHistory", () => {
  const at = { phase: "migrate", step: "transfer-guest" } as const;
  const memoryBytes = 300;
  const reading = (doneBytes: number, totalBytes: number, statistics: JobStatistics = {}) => {
    const disks = [{ target: "vda", totalBytes, doneBytes, ready: doneBytes === totalBytes }];
    return jobProgress(at, { kind: "running", operation: "outgoing", statistics }, disks, true);
  };
  /** One reading a second. */
  const after = (...readings: MigrationProgress[]): MigrationProgress | undefined => {
    let history = emptyHistory;
    return readings
      .map((one, second) => {
        const next = withHistory(one, history, { atMs: second * 1000, memoryBytes });
        history = next.history;
        return next.progress;
      })
      .at(-1);
  };

  it("has no rate after the first reading", () => {
    expect(after(reading(0, 1000))).toMatchObject({ bytesPerSecond: null, remainingMs: null });
  });
  it("takes the rate from what was done between readings, and counts the memory as still to come", () => {
    expect(after(reading(0, 1000), reading(150, 1000), reading(200, 1000))).toMatchObject({ bytesPerSecond: 100, remainingMs: 11_000 });
  });
  it("forgets what is long ago", () => {
    const slow = Array.from({ length: 10 }, () => reading(0, 10_000));
    const fast = Array.from({ length: 12 }, (_, index) => reading(500 * index, 10_000));
    expect(after(...slow, ...fast)?.bytesPerSecond).toBe(500);
  });
  it("leaves the hypervisor's own rate as it is", () => {
    const numbers = { memoryTotalBytes: 300, memoryRemainingBytes: 200, memoryBytesPerSecond: 50, diskRemainingBytes: 0 };
    expect(after(reading(0, 1000), reading(1000, 1000, numbers))).toMatchObject({ bytesPerSecond: 50, remainingMs: 4000 });
  });
  it("has no rate while nothing is done", () => {
    expect(after(reading(70, 1000), reading(70, 1000))).toMatchObject({ bytesPerSecond: null, remainingMs: null });
  });
  it("keeps a disk in step with its copy when the guest writes on", () => {
    expect(after(reading(1000, 1000), reading(1000, 1010))?.disks).toMatchObject([{ target: "vda", ready: true }]);
  });
});

describe("makeMovePlan", () => {
  it("records what later steps need, and leaves claims to the store", () => {
    const nics = [networkCard(), networkCard()];
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
