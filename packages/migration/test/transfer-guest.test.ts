import { fail, type GuestObservation, type TransferOutcome } from "@ferry/core";
import { PivotNotReached } from "@ferry/engine";
import { beforeEach, describe, expect, it } from "vitest";
import { makeMovePlan } from "../src/check/make-move-plan.ts";
import { transferGuest } from "../src/migrate/transfer-guest.ts";
import type { MovePlan } from "../src/move-plan.ts";
import { absent, guest, guestDisk, hostFacts, moveFacts, seen, silent } from "./support/move-facts.ts";
import { document, World } from "./support/world.ts";

let world: World;
let deeds: string[];
let plan: MovePlan;
beforeEach(() => {
  world = new World();
  plan = makeMovePlan(moveFacts());
  deeds = [];
  world.source.hypervisor.resume = async () => {
    deeds.push("resume");
    world.sourceSays = seen("running");
  };
  world.transfer.abort = async (_source, _uuid, { destinationReachable }) => void deeds.push(`abort ${destinationReachable}`);
});
const outcome = (end: TransferOutcome) => {
  world.transfer.run = async () => {
    deeds.push("run");
    return end;
  };
};
const transfer = (attempt: number, signal = new AbortController().signal) => transferGuest.run(world.context(plan, { attempt, signal }));
const stands = (source: GuestObservation, destination: GuestObservation) => {
  world.sourceSays = source;
  world.destinationSays = destination;
};
/** The error as the engine reports it, and whether it may turn the plan back. */
async function failure(run: Promise<null>): Promise<{ turnsBack: boolean; code: unknown; message: string }> {
  const error = await run.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error("it did not fail");
  const cause = error instanceof PivotNotReached ? error.cause : error;
  return { turnsBack: error instanceof PivotNotReached, code: Reflect.get(Object(cause), "code"), message: error.message };
}

const lost: TransferOutcome = { kind: "unknown", reason: "the answer was lost" };

/** What both hosts say, for good, and how the pivot ends: `done`, or the code with which it fails and whether the plan may be undone. */
const standings: [string, GuestObservation, GuestObservation, "done" | { turnsBack: boolean; code: string }][] = [
  ["at the source", seen("running"), absent, { turnsBack: true, code: "TRANSFER_FAILED" }],
  [
    "at the source, a copy fading at the destination",
    seen("running"),
    seen("paused", "migration", "incoming"),
    { turnsBack: true, code: "TRANSFER_FAILED" },
  ],
  [
    "switching without end",
    seen("paused", "migration"),
    seen("paused", "migration", "incoming"),
    { turnsBack: false, code: "WHEREABOUTS_UNKNOWN" },
  ],
  ["stranded at the source", seen("paused", "migration"), absent, { turnsBack: true, code: "TRANSFER_FAILED" }],
  ["at the destination", absent, seen("running", "migrated"), "done"],
  ["left over at the source", seen("paused", "migration"), seen("running", "migrated"), "done"],
  ["moved paused, left over at the source", seen("paused", "user"), seen("paused", "user"), "done"],
  ["crashed at the source", seen("shutoff", "crashed"), absent, { turnsBack: true, code: "GUEST_ENDED" }],
  ["stopped at the source", seen("shutoff", "other"), absent, { turnsBack: true, code: "GUEST_ENDED" }],
  ["on both", seen("running"), seen("running"), { turnsBack: false, code: "WHEREABOUTS_UNKNOWN" }],
  ["on neither", absent, absent, { turnsBack: false, code: "WHEREABOUTS_UNKNOWN" }],
  ["the destination is silent", seen("running"), silent, { turnsBack: false, code: "WHEREABOUTS_UNKNOWN" }],
  ["the source is silent", silent, absent, { turnsBack: false, code: "WHEREABOUTS_UNKNOWN" }],
];

describe.each([1, 2])("attempt %i", (attempt) => {
  it.each(standings)("%s", async (_where, source, destination, end) => {
    world.transfer.run = async () => {
      deeds.push("run");
      stands(source, destination);
      return lost;
    };
    if (attempt > 1) stands(source, destination);
    if (end === "done") expect(await transfer(attempt)).toBeNull();
    else expect(await failure(transfer(attempt))).toMatchObject(end);
    expect(deeds.includes("run")).toBe(attempt === 1);
  });

  it("continues a guest that was left paused at the source", async () => {
    outcome(lost);
    world.transfer.run = async () => {
      stands(seen("paused", "migration"), absent);
      return lost;
    };
    if (attempt > 1) stands(seen("paused", "migration"), absent);
    await failure(transfer(attempt));
    expect(deeds).toEqual(["resume"]);
  });

  it("follows a job under way to its end, however long, and asks anew after it", async () => {
    outcome(lost);
    let looks = 0;
    world.destination.hypervisor.observe = async () =>
      world.sourceSays.kind === "absent" ? seen("running", "migrated") : seen("paused", "migration", "incoming");
    world.source.hypervisor.observe = async () => {
      looks += 1;
      if (looks < 200) return seen("running", "other", "outgoing");
      if (looks < 205) return seen("paused", "migration", "outgoing");
      world.sourceSays = absent;
      return absent;
    };
    expect(await transfer(attempt)).toBeNull();
    expect(world.clock.now()).toBeGreaterThan(world.ports.settings.askAgainForMs);
  });
});

describe("the first attempt", () => {
  it("is done when the driver saw the handover, without another look", async () => {
    outcome({ kind: "handed-over" });
    const observe = world.source.hypervisor.observe;
    let looks = 0;
    world.source.hypervisor.observe = async (uuid) => {
      looks += 1;
      return observe ? observe(uuid) : absent;
    };
    expect(await transfer(1)).toBeNull();
    expect(looks).toBe(1);
  });

  it("tells the driver's reason", async () => {
    outcome({ kind: "stayed", reason: "no space left", aborted: false });
    expect(await failure(transfer(1))).toMatchObject({ turnsBack: true, message: expect.stringContaining("no space left") });
  });

  it("tells an abort", async () => {
    outcome({ kind: "stayed", reason: "x", aborted: true });
    expect(await failure(transfer(1))).toMatchObject({ turnsBack: true, code: "ABORTED" });
  });

  it("counts a handover that came before the abort", async () => {
    outcome({ kind: "stayed", reason: "x", aborted: true });
    stands(seen("running"), absent);
    world.source.hypervisor.observe = async () => (deeds.includes("run") ? absent : seen("running"));
    world.destinationSays = seen("running", "migrated");
    expect(await transfer(1)).toBeNull();
  });

  it("believes a driver that has proven the stay of a destination that died", async () => {
    world.transfer.run = async () => {
      world.destinationSays = silent;
      return { kind: "stayed", reason: "the destination is gone", aborted: false };
    };
    expect(await failure(transfer(1))).toMatchObject({ turnsBack: true, code: "TRANSFER_FAILED" });
  });

  it("concludes nothing from an error of the driver", async () => {
    world.transfer.run = async () => Promise.reject(fail("HOST_UNREACHABLE", { host: "kvm2", address: "a", problem: "x" }));
    world.destinationSays = silent;
    expect(await failure(transfer(1))).toMatchObject({ turnsBack: false, code: "WHEREABOUTS_UNKNOWN" });
  });

  it("waits until the destination has ended its half before the plan turns back", async () => {
    world.transfer.run = async () => {
      world.destinationSays = seen("paused", "migration", "incoming");
      return { kind: "stayed", reason: "x", aborted: true };
    };
    let looks = 0;
    world.destination.hypervisor.observe = async () => {
      looks += 1;
      return looks < 4 ? world.destinationSays : absent;
    };
    expect(await failure(transfer(1))).toMatchObject({ turnsBack: true });
    expect(looks).toBe(4);
  });

  it("starts nothing when the abort came first", async () => {
    outcome({ kind: "handed-over" });
    expect(await failure(transfer(1, AbortSignal.abort()))).toMatchObject({ turnsBack: true, code: "ABORTED" });
    expect(deeds).toEqual([]);
  });

  it.each([
    ["a host that does not answer", () => world.source.silence(), "HOST_UNREACHABLE"],
    ["a guest that is gone", () => stands(absent, absent), "GUEST_ENDED"],
    [
      "a disk attached since the checks",
      () => (world.source.hypervisor.document = async () => document(guest({ disks: [guestDisk(), guestDisk({ target: "vdb" })] }))),
      "TRANSFER_FAILED",
    ],
    [
      "a shared disk exchanged since the checks",
      () => {
        plan = { ...plan, disks: [{ action: "shared", target: "vda", reason: "", sourcePath: "/shared/a" }] };
      },
      "TRANSFER_FAILED",
    ],
    [
      "a disk exchanged since the checks",
      () =>
        (world.source.hypervisor.document = async () =>
          document(guest({ disks: [guestDisk({ source: { type: "file", path: "/images/snap" } })] }))),
      "TRANSFER_FAILED",
    ],
  ])("turns back with the true reason, nothing started: %s", async (_what, prepare, code) => {
    outcome({ kind: "handed-over" });
    prepare();
    expect(await failure(transfer(1))).toMatchObject({ turnsBack: true, code });
    expect(deeds).toEqual([]);
  });

  it("copies the local disk only, and points the drive to where its medium was brought", async () => {
    const drive = guestDisk({ target: "sda", device: "cdrom", readOnly: true, source: { type: "file", path: "/iso/a.iso" } });
    const lun = guestDisk({ target: "vdb", source: { type: "file", path: "/shared/b" } });
    world.source.hypervisor.document = async () => document(guest({ disks: [guestDisk(), lun, drive] }));
    plan = {
      ...plan,
      disks: [
        ...plan.disks,
        { action: "shared", target: "vdb", reason: "", sourcePath: "/shared/b" },
        { action: "bring", target: "sda", reason: "", sourcePath: "/iso/a.iso", path: "/images/a.iso", chain: [] },
      ],
    };
    world.transfer.run = async (request) => {
      expect(request.copyDisks).toEqual(["vda"]);
      for (const xml of [request.liveXml, request.persistentXml]) {
        expect(xml).toContain("/shared/b");
        expect(xml).toContain("/images/a.iso");
        expect(xml).not.toContain("/iso/a.iso");
      }
      return { kind: "handed-over" };
    };
    expect(await transfer(1)).toBeNull();
  });

  it("asks for the copied disks under their new paths, in both definitions, as the guest is now", async () => {
    world.sourceSays = seen("paused", "user");
    world.source.hypervisor.document = async (_uuid, view) => document(guest({ disks: view === "live" ? [guestDisk()] : [] }));
    world.transfer.run = async (request) => {
      expect(request).toMatchObject({ copyDisks: ["vda"], copyMode: "full", paused: true, destinationAddress: "198.18.0.2", peer: null });
      expect(request.liveXml).toContain("/images/lm001.qcow2");
      expect(request.persistentXml).not.toContain("<disk");
      return { kind: "handed-over" };
    };
    expect(await transfer(1)).toBeNull();
  });
});

describe("a repetition", () => {
  const copying = () => stands(seen("running", "other", "outgoing"), seen("paused", "migration", "incoming"));
  /** The job ends, at the source, once it was told to. */
  const endsOnAbort = () => {
    world.transfer.abort = async (_source, _uuid, { destinationReachable }) => {
      deeds.push(`abort ${destinationReachable}`);
      if (deeds.length > 1) stands(seen("running"), absent);
    };
  };

  it("passes an abort on until the job ends", async () => {
    copying();
    endsOnAbort();
    expect(await failure(transfer(2, AbortSignal.abort()))).toMatchObject({ turnsBack: true, code: "ABORTED" });
    expect(deeds).toEqual(["abort true", "abort true"]);
  });

  it("breaks the streams first when the source does not reach the destination", async () => {
    copying();
    endsOnAbort();
    world.source.peerAccess.reach = async () => "silent";
    await failure(transfer(2, AbortSignal.abort()));
    expect(deeds).toEqual(["abort false", "abort true"]);
  });

  it("passes an abort on even when the destination is silent, and concludes nothing from that", async () => {
    stands(seen("running", "other", "outgoing"), silent);
    expect(await failure(transfer(2, AbortSignal.abort()))).toMatchObject({ turnsBack: false, code: "WHEREABOUTS_UNKNOWN" });
    expect(deeds[0]).toBe("abort false");
  });

  it("has a p2p job given up when the link between the hosts is cut, and tells how that ended", async () => {
    copying();
    world.transfer.endWhenOutOfReach = async (move) => {
      expect(move).toEqual({ source: plan.sourceId, destination: plan.destinationId, uuid: plan.guest.uuid });
      stands(seen("running"), absent);
    };
    expect(await failure(transfer(2))).toMatchObject({ turnsBack: true, code: "TRANSFER_FAILED" });
  });

  it("goes on watching a job over whose link nobody can watch, and leaves no guard behind", async () => {
    copying();
    const guards: AbortSignal[] = [];
    world.transfer.endWhenOutOfReach = async (_move, over) => {
      guards.push(over);
      stands(absent, seen("running", "migrated"));
      throw fail("HOST_UNREACHABLE", { host: "kvm2", address: "a", problem: "x" });
    };
    expect(await transfer(2)).toBeNull();
    expect(guards.map((over) => over.aborted)).toEqual([true]);
  });

  it("leaves a direct transfer to the hosts, which end it themselves", async () => {
    copying();
    plan = { ...plan, transport: "direct" };
    world.transfer.endWhenOutOfReach = async () => void deeds.push("guard");
    const observe = world.source.hypervisor.observe;
    let looks = 0;
    world.source.hypervisor.observe = async (uuid) => {
      looks += 1;
      if (looks === 3) stands(seen("running"), absent);
      return observe ? observe(uuid) : absent;
    };
    await failure(transfer(2));
    expect(deeds).toEqual([]);
  });

  it("survives an abort that fails", async () => {
    copying();
    world.transfer.abort = async () => {
      stands(absent, seen("running", "migrated"));
      throw fail("HYPERVISOR_CALL_FAILED", { host: "kvm1", action: "abort", reason: "busy" });
    };
    expect(await transfer(2, AbortSignal.abort())).toBeNull();
  });
});

describe("progress", () => {
  const runFor = (ms: number) => {
    world.transfer.run = async () => {
      await world.clock.sleep(ms);
      return { kind: "handed-over" };
    };
  };
  beforeEach(() => {
    world.source.hypervisor.job = async () => ({ kind: "running", operation: "outgoing", statistics: {} });
  });

  it("is published at every reading and saved every few seconds", async () => {
    runFor(12_250);
    await transfer(1);
    expect(world.published).toEqual(Array.from({ length: 24 }, (_, index) => (index + 1) * 500));
    expect(world.saved).toEqual([5000, 10_000]);
  });

  it("leaves out readings and saves that fail, and saves again at the next", async () => {
    runFor(6250);
    let tries = 0;
    world.saveProgress = async () => {
      tries += 1;
      if (tries === 1) throw new Error("the database is away");
      world.saved.push(world.clock.now());
    };
    world.source.hypervisor.job = async () => {
      if (world.clock.now() < 1000) throw fail("HOST_UNREACHABLE", { host: "kvm1", address: "a", problem: "x" });
      return { kind: "running", operation: "outgoing", statistics: {} };
    };
    await transfer(1);
    expect(world.published[0]).toBe(1000);
    expect(world.saved).toEqual([5500]);
  });

  it("is not read at a hypervisor that does not count bytes", async () => {
    runFor(6000);
    let readings = 0;
    world.source.hypervisor.moves = { ...hostFacts().moves, countsBytes: false };
    world.source.hypervisor.job = async () => {
      readings += 1;
      return { kind: "running", operation: "outgoing", statistics: {} };
    };
    await transfer(1);
    expect([readings, world.published, world.saved]).toEqual([0, [], []]);
  });

  it("does not hold the handover up while a reading hangs, and tells nothing after it", async () => {
    runFor(750);
    world.source.hypervisor.job = () => new Promise(() => undefined);
    expect(await transfer(1)).toBeNull();
    expect(world.published).toEqual([]);
  });
});
