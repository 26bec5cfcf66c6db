import { type LifecycleAction, lifecycle, serverId, type VolumeAction } from "@ferry/core";
import type { FaultyAct } from "@ferry/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Fleet, openFleet } from "./support/fleet.ts";
import { inParallel } from "./support/in-parallel.ts";
import { isQuestion, numbered, questionMishaps, taskMishaps } from "./support/task-mishaps.ts";
import { VolumeWorld } from "./support/volume-world.ts";

let fleet: Fleet;
beforeAll(async () => {
  fleet = await openFleet();
});
afterAll(() => fleet.close());

async function inWorld<T>(work: (world: VolumeWorld) => Promise<T>): Promise<T> {
  const world = await VolumeWorld.open(fleet);
  try {
    return await work(world);
  } finally {
    await world.close();
  }
}

interface Deed {
  readonly name: string;
  readonly action: VolumeAction;
  /** What is done to the guest before. */
  readonly first?: LifecycleAction;
}

const deeds: readonly Deed[] = [
  { name: "attaching to a guest that runs", action: "attach-volume" },
  { name: "attaching to a guest that is off", action: "attach-volume", first: "stop" },
  { name: "detaching from a guest that runs", action: "detach-volume" },
  { name: "detaching from a guest that is off", action: "detach-volume", first: "stop" },
];

async function prepare(world: VolumeWorld, { action, first }: Deed): Promise<void> {
  if (action === "detach-volume") await world.act("attach-volume");
  if (first) await world.tasks.act(first);
  await world.accept(action);
  world.tasks.host.faults.trace.length = 0;
}

/** Everything that must hold once an action is over, however it went: the record says what the host shows. */
async function expectTruth(world: VolumeWorld, action: VolumeAction): Promise<"Success" | "Error"> {
  const { tasks } = world;
  expect(tasks.datacentre.journal.surprises).toEqual([]);
  expect(tasks.datacentre.journal.violations).toEqual([]);
  expect(await tasks.taskId()).toBeNull();
  const record = await tasks.record();
  expect(record).toMatchObject({ task_state: null, vm_state: tasks.guest.emulator ? "active" : "stopped" });
  const { live, config } = world.plugged();
  const { status, attachment } = await world.volume();
  expect({ status, claimedBy: attachment?.serverId ?? null }).toEqual(
    config ? { status: "in-use", claimedBy: tasks.uuid } : { status: "available", claimedBy: null },
  );
  expect(live).toBe(config && tasks.guest.emulator !== null);
  const [event] = await tasks.events();
  expect(event?.event).toBe(lifecycle[action].event);
  if (event?.result !== "Success") {
    expect(event).toMatchObject({ result: "Error", details: record.fault_message });
    return "Error";
  }
  expect(config).toBe(action === "attach-volume");
  expect(record.fault_message).toBeNull();
  return "Success";
}

describe.concurrent.each(deeds.map((deed) => [deed.name, deed] as const))("%s", (_name, deed) => {
  it("does what was asked, and the record with it", async () => {
    await inWorld(async (world) => {
      await prepare(world, deed);
      await world.tasks.run();
      expect(await expectTruth(world, deed.action)).toBe("Success");
    });
  });

  it("ends in the truth when any of its calls is refused, lost, or the last of its worker", { timeout: 300_000 }, async () => {
    const acts = await inWorld(async (world) => {
      await prepare(world, deed);
      await world.tasks.run();
      return numbered(world.tasks.host.faults.trace, (act, nth, last) => !act.startsWith("auth") && (nth === 1 || nth === last));
    });
    const mishapsOf = (act: FaultyAct) => (isQuestion(act) && act !== "domainGetState" ? questionMishaps : taskMishaps);
    const trials = acts.flatMap((act) => mishapsOf(act.act).map((mishap) => ({ ...act, ...mishap })));
    expect(trials.length).toBeGreaterThan(taskMishaps.length * 2);
    const problems = await inParallel(
      trials,
      ({ act, nth, what }) => `${act}, time ${nth}, ${what}`,
      async ({ act, nth, what, faultFor }) => {
        await inWorld(async (world) => {
          const { tasks } = world;
          await prepare(world, deed);
          tasks.host.faults.plan(act, nth, faultFor(tasks));
          await tasks.run();
          await tasks.recover();
          const result = await expectTruth(world, deed.action);
          if (what !== "is refused") expect(result).toBe("Success");
        });
      },
    );
    expect(problems).toEqual([]);
  });
});

describe("a guest that does not let go", () => {
  it("keeps the volume and its claim, and gives both up when it is asked again and listens", async () => {
    await inWorld(async (world) => {
      const { tasks } = world;
      await world.act("attach-volume");
      world.isDeaf();
      await world.act("detach-volume");
      expect(await tasks.events()).toMatchObject([{ result: "Error", details: expect.stringContaining("has not let go of /dev/vdb") }]);
      expect(await tasks.record()).toMatchObject({ vm_state: "active", task_state: null });
      expect(await world.volume()).toMatchObject({ status: "in-use", attachment: { serverId: tasks.uuid } });
      expect(world.plugged().live).toBe(true);
      world.listens();
      await world.act("detach-volume");
      expect(await expectTruth(world, "detach-volume")).toBe("Success");
    });
  });

  it("is asked again, and is done when it listens then", async () => {
    await inWorld(async (world) => {
      const { tasks } = world;
      await world.act("attach-volume");
      world.isDeaf();
      tasks.host.faults.hook("domainDetachDeviceFlags", () => world.listens(), 2);
      await world.act("detach-volume");
      expect(await expectTruth(world, "detach-volume")).toBe("Success");
    });
  });

  it("is waited for by the worker that takes over, whose own request is refused because the first one is pending", async () => {
    await inWorld(async (world) => {
      const { tasks } = world;
      await world.act("attach-volume");
      world.isDeaf();
      await world.accept("detach-volume");
      tasks.host.faults.plan("domainDetachDeviceFlags", 1, { kind: "hook", after: () => tasks.workers.at(-1)?.kill() });
      tasks.host.faults.refuse("domainDetachDeviceFlags", "operationFailed", 2);
      tasks.host.faults.hook("domainDetachDeviceFlags", () => world.listens(), 3);
      await tasks.run();
      expect(world.plugged()).toEqual({ live: true, config: false });
      await tasks.recover();
      expect(await expectTruth(world, "detach-volume")).toBe("Success");
    });
  });
});

describe("a host that falls silent", () => {
  const silences = deeds.filter(({ first }) => first === undefined);

  it.each(silences)("for a moment does not end $name", async (deed) => {
    await inWorld(async (world) => {
      const { tasks } = world;
      const act = deed.action === "attach-volume" ? "domainAttachDeviceFlags" : "domainDetachDeviceFlags";
      await prepare(world, deed);
      tasks.host.faults.hook(act, () => tasks.host.daemon.kill());
      const running = tasks.run();
      await tasks.datacentre.pace.until(() => tasks.host.faults.trace.includes(act));
      tasks.host.daemon.start();
      await running;
      expect(await expectTruth(world, deed.action)).toBe("Success");
    });
  });

  it("for long leaves the claim with the server, and nobody else gets the volume until a detach has settled it", async () => {
    await inWorld(async (world) => {
      const { tasks } = world;
      const other = await world.second();
      await world.accept("attach-volume");
      tasks.host.faults.hook("domainAttachDeviceFlags", () => tasks.host.ssh.cut());
      await tasks.run();
      expect(await tasks.events()).toMatchObject([{ result: "Error" }]);
      expect(await tasks.record()).toMatchObject({ vm_state: "active", task_state: null });
      expect(await world.volume()).toMatchObject({ status: "error", attachment: { serverId: tasks.uuid } });
      tasks.host.ssh.restore();
      await expect(world.accept("attach-volume", other)).rejects.toMatchObject({ code: "VOLUME_WRONG_STATE" });
      await world.act("detach-volume");
      expect(await expectTruth(world, "detach-volume")).toBe("Success");
    });
  });

  it("for long while it is asked to let go leaves the claim with the server", async () => {
    await inWorld(async (world) => {
      const { tasks } = world;
      await world.act("attach-volume");
      await world.accept("detach-volume");
      tasks.host.powerOff();
      await tasks.run();
      expect(await tasks.events()).toMatchObject([{ result: "Error" }]);
      expect(await tasks.record()).toMatchObject({ task_state: null });
      expect(await world.volume()).toMatchObject({ status: "in-use", attachment: { serverId: tasks.uuid } });
    });
  });
});

describe("a server that is deleted meanwhile", () => {
  it.each([
    ["attach-volume", "domainAttachDeviceFlags"],
    ["detach-volume", "domainDetachDeviceFlags"],
  ] as const)("ends the %s and lets go of the volume, which is left as it is", async (action, act) => {
    await inWorld(async (world) => {
      const { tasks } = world;
      if (action === "detach-volume") await world.act("attach-volume");
      await world.accept(action);
      const { requestId } = tasks;
      tasks.host.faults.hook(act, () => tasks.act("delete"));
      await tasks.run();
      expect(await tasks.record()).toMatchObject({ vm_state: "deleted", task_state: null });
      expect(await tasks.events(requestId)).toMatchObject([{ result: "Error", details: expect.stringContaining("withdrawn") }]);
      expect(await world.volume()).toMatchObject({ status: "available", attachment: null });
      expect(tasks.host.files.paths()).toContain(world.path);
      expect(world.writers()).toEqual([]);
    });
  });

  it("and cannot be, keeps the claim, until a detach has settled it", async () => {
    await inWorld(async (world) => {
      const { tasks } = world;
      await world.accept("attach-volume");
      tasks.host.faults.hook("domainAttachDeviceFlags", async () => {
        tasks.host.faults.refuse("domainDestroyFlags");
        await tasks.act("delete");
      });
      await tasks.run();
      expect(world.writers()).toEqual([tasks.uuid]);
      expect(await world.volume()).toMatchObject({ status: "error", attachment: { serverId: tasks.uuid } });
      await world.act("detach-volume");
      expect(await expectTruth(world, "detach-volume")).toBe("Success");
    });
  });
});

describe("never two writers", () => {
  it("of two servers that want the volume at once one gets it, time after time", async () => {
    await inWorld(async (world) => {
      const { tasks } = world;
      const other = await world.second();
      for (let round = 0; round < 10; round++) {
        const both = [serverId(tasks.uuid), other];
        const claims = await Promise.allSettled(both.map((server) => world.accept("attach-volume", server)));
        expect(claims.flatMap((claim) => (claim.status === "rejected" ? [claim.reason.code] : []))).toEqual(["VOLUME_WRONG_STATE"]);
        await Promise.all(both.map((server) => world.runTaskOf(server)));
        const winner = both[claims.findIndex(({ status }) => status === "fulfilled")];
        expect(world.writers()).toEqual([winner]);
        expect(await world.volume()).toMatchObject({ status: "in-use", attachment: { serverId: winner } });
        await world.accept("detach-volume", winner);
        await Promise.all(both.map((server) => world.runTaskOf(server)));
        expect(world.writers()).toEqual([]);
      }
    });
  });

  it("of three workers at one task one plugs the volume in", async () => {
    await inWorld(async (world) => {
      await world.accept("attach-volume");
      await Promise.all([world.tasks.run(), world.tasks.run(), world.tasks.run()]);
      expect(world.tasks.datacentre.journal.find("disk-attached")).toHaveLength(1);
      expect(await expectTruth(world, "attach-volume")).toBe("Success");
    });
  });

  it("a guest that was given the volume at the host is left alone with it", async () => {
    await inWorld(async (world) => {
      const other = await world.second();
      world.plugByHand(other, world.path);
      await world.act("attach-volume");
      expect(await expectTruth(world, "attach-volume")).toBe("Error");
      expect(world.writers()).toEqual([other]);
    });
  });

  it("a server that has left its host keeps its claim: where it went it may have the volume", async () => {
    await inWorld(async (world) => {
      const { tasks } = world;
      await world.act("attach-volume");
      await world.accept("detach-volume");
      tasks.host.domains.delete(tasks.uuid);
      await tasks.run();
      expect(await tasks.events()).toMatchObject([{ result: "Error", details: expect.stringContaining("no such guest any more") }]);
      expect(await world.volume()).toMatchObject({ status: "in-use", attachment: { serverId: tasks.uuid } });
      await tasks.look();
      expect(await world.volume()).toMatchObject({ status: "available", attachment: null });
    });
  });
});

describe("another disk under the volume's name, put there at the host", () => {
  it("is kept, and the volume is not claimed for nothing", async () => {
    await inWorld(async (world) => {
      const path = world.plugByHand(serverId(world.tasks.uuid));
      await world.act("attach-volume");
      expect(await expectTruth(world, "attach-volume")).toBe("Error");
      expect(await world.tasks.events()).toMatchObject([{ details: expect.stringContaining("(/dev/vdb) is in use") }]);
      expect(world.tasks.guest.persistentXml).toContain(path);
    });
  });

  it("is not pulled out in the place of the volume, which is known to be gone", async () => {
    await inWorld(async (world) => {
      await world.act("attach-volume");
      world.pullByHand();
      const path = world.plugByHand(serverId(world.tasks.uuid));
      await world.act("detach-volume");
      expect(await expectTruth(world, "detach-volume")).toBe("Success");
      expect(world.tasks.guest.persistentXml).toContain(path);
      expect(world.tasks.guest.emulator?.disks.get("vdb")?.path).toBe(path);
    });
  });
});
