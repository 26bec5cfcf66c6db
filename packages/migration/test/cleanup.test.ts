import { fail, type GuestSummary, usualOutcome } from "@ferry/core";
import type { StepContext } from "@ferry/engine";
import { beforeEach, describe, expect, it } from "vitest";
import { makeMovePlan } from "../src/check/make-move-plan.ts";
import { deleteSourceDisks } from "../src/cleanup/delete-source-disks.ts";
import { handOverArtifacts } from "../src/cleanup/hand-over-artifacts.ts";
import { recordHandover } from "../src/cleanup/record-handover.ts";
import { recordSummary } from "../src/cleanup/record-summary.ts";
import { releaseSource } from "../src/cleanup/release-source.ts";
import { undefineSource } from "../src/cleanup/undefine-source.ts";
import { verifyDefinition } from "../src/cleanup/verify-definition.ts";
import type { CopyPlan, MovePlan } from "../src/move-plan.ts";
import { copies } from "../src/move-plan.ts";
import type { MigrationPorts } from "../src/ports.ts";
import { absent, destinationId, guest, guestDisk, moveFacts, networkCard, order, seen, silent } from "./support/move-facts.ts";
import { document, World } from "./support/world.ts";

const PATH = "/images/lm001.qcow2";
const BASE = "/base/debian.qcow2";

let world: World;
let plan: MovePlan;
beforeEach(() => {
  world = new World();
  plan = makeMovePlan(moveFacts());
});
const context = (): StepContext<MigrationPorts> => world.context(plan);
const withCopies = (...changes: Partial<CopyPlan>[]) => {
  const [copy] = copies(plan);
  if (!copy) throw new Error("the plan copies nothing");
  plan = { ...plan, disks: changes.map((change) => ({ ...copy, ...change })) };
};
const uses = (change: Parameters<typeof guest>[0]): GuestSummary => ({
  definition: guest(change),
  state: "running",
  reason: "other",
  persistent: true,
});
const entry = (kind: "volume" | "base-image" | "nwfilter" | "network-start", key: string) => ({ hostId: destinationId, kind, key });

describe("cleanup", () => {
  let destroyed: number;
  beforeEach(() => {
    destroyed = 0;
    world.transfer.settle = async () => undefined;
    world.sourceSays = seen("shutoff", "migrated");
    world.destinationSays = seen("running", "migrated");
    world.source.hypervisor.destroy = async () => {
      destroyed += 1;
      world.sourceSays = seen("shutoff", "other");
    };
    world.source.hypervisor.undefine = async () => {
      world.sourceSays = absent;
    };
    world.destination.hypervisor.document = async () => document();
  });

  it("ends a paused leftover while the destination runs the guest, and only once", async () => {
    world.sourceSays = seen("paused", "migration");
    await releaseSource.run(context());
    expect(destroyed).toBe(1);
  });

  it("never destroys a leftover on which a job still hangs", async () => {
    world.sourceSays = seen("paused", "migration", "outgoing");
    await expect(releaseSource.run(context())).rejects.toMatchObject({ code: "WHEREABOUTS_UNKNOWN" });
    expect(destroyed).toBe(0);
  });

  it.each([
    ["the destination is silent", seen("paused", "migration"), silent],
    ["the source runs it", seen("running"), absent],
    ["the destination lost it", seen("paused", "migration"), absent],
  ])("removes nothing when %s", async (_what, source, destination) => {
    world.sourceSays = source;
    world.destinationSays = destination;
    for (const step of [releaseSource, undefineSource, deleteSourceDisks])
      await expect(step.run(context()), step.name).rejects.toMatchObject({ code: "WHEREABOUTS_UNKNOWN" });
    expect([destroyed, world.source.storage.files.has(PATH)]).toEqual([0, true]);
  });

  it("leaves a definition that is to be kept, with its disk, and sees to it that the host never starts it by itself", async () => {
    const asked: unknown[] = [];
    world.order = { ...order, outcome: { ...usualOutcome, keepSource: true } };
    world.source.hypervisor.startWithHost = async (uuid, wanted) => void asked.push([uuid, wanted]);
    world.source.hypervisor.guests = async () => [{ ...uses({}), state: "shutoff" }];
    for (const step of [releaseSource, undefineSource, deleteSourceDisks]) await step.run(context());
    expect(asked).toEqual([[plan.guest.uuid, false]]);
    expect(world.sourceSays).toEqual(seen("shutoff", "migrated"));
    expect(world.source.storage.files.has(PATH)).toBe(true);
  });

  it("goes on when the guest was shut down at the destination meanwhile", async () => {
    world.destinationSays = seen("shutoff");
    for (const step of [releaseSource, undefineSource, deleteSourceDisks]) await step.run(context());
    expect(world.source.storage.files.has(PATH)).toBe(false);
  });

  it("keeps a source disk that another guest there uses, whatever way it is named", async () => {
    for (const disk of [
      guestDisk(),
      guestDisk({ source: { type: "block", path: PATH } }),
      guestDisk({ source: { type: "volume", pool: "default", volume: "lm001.qcow2" } }),
      guestDisk({ source: { type: "file", path: "/x" }, backing: [{ path: PATH, format: "qcow2" }] }),
    ]) {
      world.source.hypervisor.guests = async () => [uses({ disks: [disk] })];
      expect(await deleteSourceDisks.run(context())).toEqual({ deleted: [], kept: [PATH] });
    }
    expect(world.source.storage.files.has(PATH)).toBe(true);
  });

  it("deletes the source disk, twice without harm", async () => {
    await deleteSourceDisks.run(context());
    expect(await deleteSourceDisks.run(context())).toEqual({ deleted: [PATH], kept: [] });
  });

  it.each([
    ["the place of the copy", {}, guest(), true],
    ["another place", {}, guest({ disks: [guestDisk({ source: { type: "file", path: "/images/foreign" } })] }), false],
    ["no such disk", {}, guest({ disks: [] }), false],
    ["no such disk, which was attached to the running guest only", { defined: false }, guest({ disks: [] }), true],
  ])("reads the definition back: %s", async (_what, change, definition, fine) => {
    withCopies(change);
    world.destination.hypervisor.document = async () => document(definition);
    const run = verifyDefinition.run(context());
    if (fine) expect(await run).toBeNull();
    else await expect(run).rejects.toMatchObject({ code: "HYPERVISOR_CALL_FAILED" });
  });

  it.each([
    ["br-tenant", true],
    ["br0", false],
  ])("the moved definition's card in %s: %j", async (source, fine) => {
    const mac = "52:54:00:00:00:01";
    plan = { ...plan, disks: [], cards: [{ mac, type: "bridge", from: "br0", to: "br-tenant", running: true }] };
    world.destination.hypervisor.document = async () => document(guest({ interfaces: [networkCard({ mac, type: "bridge", source })] }));
    const run = verifyDefinition.run(context());
    if (fine) expect(await run).toBeNull();
    else await expect(run).rejects.toMatchObject({ code: "HYPERVISOR_CALL_FAILED" });
  });

  it("hands disks over and keeps bases and filters known", async () => {
    for (const [kind, key] of [
      ["volume", PATH],
      ["base-image", BASE],
      ["nwfilter", "web"],
    ] as const)
      await world.ledger.begin({ ...entry(kind, key), migrationId: order.id });
    await handOverArtifacts.run(context());
    await handOverArtifacts.run(context());
    expect(world.ledger.list()).toEqual([`base-image ${BASE} kept`, "nwfilter web kept"]);
  });

  it.each([
    [seen("running"), false],
    [seen("paused", "user"), true],
    [silent, false],
  ])("records the state that the destination shows", async (state, paused) => {
    world.destinationSays = state;
    const recorded: boolean[] = [];
    world.ports.store.recordHandover = async (handover) => void recorded.push(handover.paused);
    await recordHandover.run(context());
    expect(recorded).toEqual([paused]);
  });

  it("does not fail for want of final numbers", async () => {
    const saved: unknown[] = [];
    const { hypervisor, ports } = world.destination;
    const { storage } = ports;
    const refused = async () => Promise.reject(fail("HYPERVISOR_CALL_FAILED", { host: "kvm2", action: "x", reason: "y" }));
    world.ports.store.saveSummary = async (summary) => void saved.push(summary);
    const diskSize = storage.diskSize;
    Object.assign(storage, { diskSize: refused });
    hypervisor.job = refused;
    await recordSummary.run(context());
    Object.assign(storage, { diskSize });
    hypervisor.job = async () => ({ kind: "ended", outcome: "completed", statistics: { elapsedMs: 9, downtimeMs: 3 } });
    await recordSummary.run(context());
    const none = { transport: "p2p", totalMs: null, downtimeMs: null, memoryBytes: null, diskBytes: null };
    expect(saved).toEqual([none, { ...none, totalMs: 9, downtimeMs: 3, diskBytes: 5 }]);
  });
});
