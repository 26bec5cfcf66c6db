import { serverRebuild } from "@ferry/migration";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CreateWorld } from "./support/create-world.ts";
import { type Fleet, openFleet } from "./support/fleet.ts";
import { atPoint, dying, failing } from "./support/once.ts";

let fleet: Fleet;
beforeAll(async () => {
  fleet = await openFleet();
});
afterAll(() => fleet.close());

/** A server that was made and runs. */
async function inWorld(work: (world: CreateWorld) => Promise<void>): Promise<void> {
  const world = await CreateWorld.open(fleet);
  try {
    await world.accept();
    await world.run();
    expect(await world.record()).toMatchObject({ vm_state: "active" });
    await work(world);
    expect(world.datacentre.journal.surprises).toEqual([]);
    expect(world.datacentre.journal.violations).toEqual([]);
  } finally {
    await world.close();
  }
}

const rootOf = (world: CreateWorld) => world.host.files.get(`/var/lib/libvirt/images/${world.uuid}.disk.qcow2`);
const boots = (world: CreateWorld): number => world.datacentre.journal.find("guest-booted", world.uuid).length;

/** It has a new disk on the same image, one definition, and nothing is left over. */
async function expectRebuilt(world: CreateWorld, before: unknown, { running = true } = {}): Promise<void> {
  const vm_state = running ? "active" : "stopped";
  expect(await world.record()).toEqual({ name: "anew", vm_state, task_state: null, fault_message: null, build: null });
  expect(rootOf(world)).not.toBe(before);
  expect(rootOf(world)?.image).toMatchObject({ capacityBytes: 1024 ** 3, backing: { path: world.basePath, format: "qcow2" } });
  expect(world.guest?.emulator?.executing ?? false).toBe(running);
  expect(await world.ledger()).toEqual(["base-image kept"]);
}

const steps = serverRebuild.steps.map((step) => step.name);
const places = steps.flatMap((step) => (["before", "after"] as const).map((point) => [point, step] as const));

describe.concurrent("a rebuild", () => {
  it("ends with a server that runs on a new disk", async () => {
    await inWorld(async (world) => {
      const before = rootOf(world);
      await world.rebuild();
      expect(await world.record()).toMatchObject({ vm_state: "active", task_state: "rebuilding", name: "anew" });
      await world.run();
      await expectRebuilt(world, before);
      expect(boots(world)).toBe(2);
    });
  });

  it("leaves a server that was stopped off, and starts one that was in error", async () => {
    await inWorld(async (world) => {
      await world.do("stop");
      await world.run();
      const before = rootOf(world);
      await world.rebuild();
      await world.run();
      await expectRebuilt(world, before, { running: false });
      await world.setState("error");
      await world.rebuild();
      await world.run();
      await expectRebuilt(world, before);
    });
  });

  it("gives way to a delete, which leaves nothing", async () => {
    await inWorld(async (world) => {
      await world.rebuild();
      await world.run(atPoint("after", "remake-root-disk", dying));
      await world.delete();
      await world.recover();
      expect(world.guest).toBeUndefined();
      expect(world.files().filter((path) => path !== world.basePath)).toEqual(world.before);
    });
  });

  it.each(places)("goes on after its worker died %s %s", async (point, step) => {
    await inWorld(async (world) => {
      const before = rootOf(world);
      await world.rebuild();
      await world.run(atPoint(point, step, dying));
      await world.recover();
      await expectRebuilt(world, before);
    });
  });

  it.each(["check-rebuild", "remake-root-disk", "redefine-server"])(
    "that fails at %s leaves the server in error, and can be asked for again",
    async (step) => {
      await inWorld(async (world) => {
        const before = rootOf(world);
        await world.rebuild();
        await world.run(atPoint("before", step, failing));
        await world.recover();
        expect(await world.record()).toMatchObject({ vm_state: "error", task_state: null, build: null });
        await world.rebuild();
        await world.run();
        await expectRebuilt(world, before);
      });
    },
  );
});
