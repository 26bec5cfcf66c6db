import { fail, type GuestSummary, migrationId } from "@ferry/core";
import type { StepContext, Undo } from "@ferry/engine";
import { beforeEach, describe, expect, it } from "vitest";
import { makeMovePlan } from "../src/check/make-move-plan.ts";
import type { BackingPlan, CopyPlan, MovePlan } from "../src/move-plan.ts";
import { copies } from "../src/move-plan.ts";
import type { MigrationPorts } from "../src/ports.ts";
import { bringBackingImages } from "../src/setup/bring-backing-images.ts";
import { createDisks } from "../src/setup/create-disks.ts";
import { destinationId, guest, guestDisk, moveFacts, order } from "./support/move-facts.ts";
import { World } from "./support/world.ts";

const PATH = "/images/lm001.qcow2";
const BASE = "/base/debian.qcow2";
const other = migrationId("88888888-8888-4888-8888-888888888888");
const base: BackingPlan = {
  sourcePath: BASE,
  path: BASE,
  pool: "base",
  name: "debian.qcow2",
  format: "qcow2",
  capacityBytes: 10,
  fileBytes: 4,
  present: false,
};
const occupied = () => fail("DESTINATION_OCCUPIED", { host: "kvm2", thing: "it" });

let world: World;
let plan: MovePlan;
beforeEach(() => {
  world = new World();
  plan = makeMovePlan(moveFacts());
});
const files = () => [...world.destination.storage.files.keys()];
const context = (): StepContext<MigrationPorts> => world.context(plan);
async function undo<Out>(step: { undo: Undo<MigrationPorts, Out> | { none: string } }): Promise<void> {
  if (typeof step.undo !== "function") throw new Error("the step has no undo");
  await step.undo(context(), null);
}
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

describe("create-disks", () => {
  it("may run twice and be undone twice", async () => {
    await createDisks.run(context());
    world.destination.storage.files.set(PATH, "half a copy");
    await createDisks.run(context());
    expect(world.destination.storage.files.get(PATH)).toBe("");
    expect(world.ledger.list()).toEqual([`volume ${PATH} made`]);
    await undo(createDisks);
    await undo(createDisks);
    expect([files(), world.ledger.list()]).toEqual([[], []]);
  });

  it("leaves a foreign file alone, when it runs and when it is undone", async () => {
    world.destination.storage.files.set(PATH, "foreign");
    await expect(createDisks.run(context())).rejects.toMatchObject({ code: "DESTINATION_OCCUPIED" });
    await undo(createDisks);
    expect(world.destination.storage.files.get(PATH)).toBe("foreign");
  });

  it("leaves alone a file that appears in the very moment of creation", async () => {
    const create = world.destination.ports.storage.createVolume;
    world.destination.ports.storage.createVolume = async (request) => {
      world.destination.storage.files.set(PATH, "foreign");
      return create(request);
    };
    await expect(createDisks.run(context())).rejects.toMatchObject({ code: "DESTINATION_OCCUPIED" });
    await undo(createDisks);
    expect(world.destination.storage.files.get(PATH)).toBe("foreign");
  });

  it("removes a volume whose creation was never answered", async () => {
    world.destination.ports.storage.createVolume = async () => {
      world.destination.storage.files.set(PATH, "");
      throw fail("HOST_UNREACHABLE", { host: "kvm2", address: "a", problem: "cut" });
    };
    await expect(createDisks.run(context())).rejects.toMatchObject({ code: "HOST_UNREACHABLE" });
    await undo(createDisks);
    expect(files()).toEqual([]);
  });

  it("goes on with the others when one removal fails, and keeps that one in the ledger", async () => {
    withCopies({}, { target: "vdb", path: "/images/b.qcow2", name: "b.qcow2" });
    await createDisks.run(context());
    const remove = world.destination.ports.storage.deleteVolume;
    world.destination.ports.storage.deleteVolume = async (path) => (path === PATH ? remove(path) : Promise.reject(occupied()));
    await expect(undo(createDisks)).rejects.toMatchObject({ code: "DESTINATION_OCCUPIED" });
    expect([files(), world.ledger.list()]).toEqual([["/images/b.qcow2"], ["volume /images/b.qcow2 made"]]);
  });
});

describe("bring-backing-images", () => {
  beforeEach(() => {
    withCopies({ chain: [base] }, { target: "vdb", chain: [base] });
    world.source.storage.files.set(BASE, "base");
  });

  it("brings a base once, may run twice and be undone twice", async () => {
    await bringBackingImages.run(context());
    expect(world.destination.storage.files.get(BASE)).toBe("base");
    await bringBackingImages.run(context());
    expect(world.ledger.list()).toEqual([`base-image ${BASE} made`]);
    await undo(bringBackingImages);
    await undo(bringBackingImages);
    expect([files(), world.ledger.list()]).toEqual([[], []]);
  });

  it("never takes a half file for a base", async () => {
    world.destination.storage.files.set(BASE, "ba");
    await world.ledger.begin({ ...entry("base-image", BASE), migrationId: order.id });
    await bringBackingImages.run(context());
    expect(world.destination.storage.files.get(BASE)).toBe("base");
  });

  it("uses an equal file that is there, without calling it its own", async () => {
    world.destination.storage.files.set(BASE, "base");
    await bringBackingImages.run(context());
    await undo(bringBackingImages);
    expect([files(), world.ledger.list()]).toEqual([[BASE], []]);
  });

  it.each(["foreign", "kept"])("refuses a %s file of another content: the guest would read garbage", async (whose) => {
    world.destination.storage.files.set(BASE, "esab");
    if (whose === "kept") {
      await world.ledger.begin({ ...entry("base-image", BASE), migrationId: other });
      await world.ledger.keep(entry("base-image", BASE));
    }
    await expect(bringBackingImages.run(context())).rejects.toMatchObject({
      code: "DESTINATION_OCCUPIED",
      message: expect.stringContaining("a file /base/debian.qcow2 with other content"),
    });
    await undo(bringBackingImages);
    expect(world.destination.storage.files.get(BASE)).toBe("esab");
  });

  it("waits for another migration that brings the same base, and uses it then", async () => {
    await world.ledger.begin({ ...entry("base-image", BASE), migrationId: other });
    const waiting = bringBackingImages.run(context());
    await world.clock.sleep(5000);
    expect(files()).toEqual([]);
    world.destination.storage.files.set(BASE, "base");
    await world.ledger.keep(entry("base-image", BASE));
    await waiting;
    expect(world.ledger.list()).toEqual([`base-image ${BASE} kept`]);
  });

  it("brings it itself when the other migration took its file away again", async () => {
    await world.ledger.begin({ ...entry("base-image", BASE), migrationId: other });
    const waiting = bringBackingImages.run(context());
    await world.clock.sleep(5000);
    await world.ledger.forget(entry("base-image", BASE));
    await waiting;
    expect(world.ledger.list()).toEqual([`base-image ${BASE} made`]);
  });

  it("gives the wait up after its time, naming the file", async () => {
    await world.ledger.begin({ ...entry("base-image", BASE), migrationId: other });
    const ports = { ...world.ports, settings: { ...world.ports.settings, waitForOthersMs: 2000 } };
    await expect(bringBackingImages.run({ ...context(), ports })).rejects.toMatchObject({ code: "DESTINATION_OCCUPIED" });
  });

  it("ends the wait on an abort", async () => {
    await world.ledger.begin({ ...entry("base-image", BASE), migrationId: other });
    await expect(bringBackingImages.run({ ...context(), signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "ABORTED" });
  });

  it("keeps a base on which another guest stands meanwhile", async () => {
    await bringBackingImages.run(context());
    world.destination.hypervisor.guests = async () => [uses({ disks: [guestDisk({ backing: [{ path: BASE, format: "qcow2" }] })] })];
    await undo(bringBackingImages);
    expect([files(), world.ledger.list()]).toEqual([[BASE], [`base-image ${BASE} kept`]]);
  });

  it("brings a kept base anew when somebody has removed it", async () => {
    await world.ledger.begin({ ...entry("base-image", BASE), migrationId: other });
    await world.ledger.keep(entry("base-image", BASE));
    await bringBackingImages.run(context());
    expect(world.destination.storage.files.get(BASE)).toBe("base");
    expect(world.ledger.list()).toEqual([`base-image ${BASE} made`]);
  });
});

describe("a read-only medium", () => {
  const [HERE, THERE] = ["/iso/debian.iso", "/images/debian.iso"];
  const file: BackingPlan = { ...base, sourcePath: HERE, path: THERE, pool: "default", name: "debian.iso", format: "raw" };
  const inDrive = guestDisk({ target: "sda", device: "cdrom", readOnly: true, source: { type: "file", path: THERE } });
  beforeEach(() => {
    plan = { ...plan, disks: [{ action: "bring", target: "sda", reason: "", sourcePath: HERE, path: THERE, chain: [file] }] };
    world.source.storage.files.set(HERE, "iso");
  });

  it("is brought to its place, stays at the source, and is taken back by an undo", async () => {
    await bringBackingImages.run(context());
    await createDisks.run(context());
    expect([...world.destination.storage.files]).toEqual([[THERE, "iso"]]);
    expect(world.source.storage.files.get(HERE)).toBe("iso");
    await undo(bringBackingImages);
    expect([files(), world.ledger.list()]).toEqual([[], []]);
  });

  it("is never put over another file of its name", async () => {
    world.destination.storage.files.set(THERE, "osi");
    await expect(bringBackingImages.run(context())).rejects.toMatchObject({ code: "DESTINATION_OCCUPIED" });
    await undo(bringBackingImages);
    expect(world.destination.storage.files.get(THERE)).toBe("osi");
  });

  it("stays when another guest has it in its drive meanwhile", async () => {
    await bringBackingImages.run(context());
    world.destination.hypervisor.guests = async () => [uses({ disks: [inDrive] })];
    await undo(bringBackingImages);
    expect([files(), world.ledger.list()]).toEqual([[THERE], [`base-image ${THERE} kept`]]);
  });
});
