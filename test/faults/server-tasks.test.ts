import { randomUUID } from "node:crypto";
import { type LifecycleAction, lifecycle, migrationId, serverId } from "@ferry/core";
import { placedFilterUuid } from "@ferry/migration";
import type { GuestSpec } from "@ferry/testkit";
import { FakeFile, type FakeHost, startGuest } from "@ferry/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Fleet, openFleet } from "./support/fleet.ts";
import { inParallel } from "./support/in-parallel.ts";
import type { Scenario } from "./support/scenario.ts";
import { numbered, taskMishaps } from "./support/task-mishaps.ts";
import { TaskWorld } from "./support/task-world.ts";
import { World } from "./support/world.ts";

let fleet: Fleet;
beforeAll(async () => {
  fleet = await openFleet();
});
afterAll(() => fleet.close());

/** Two hosts, and a move between them. */
async function inWorldOfTwo(scenario: Scenario, work: (world: World) => Promise<void>): Promise<void> {
  const world = await World.open(fleet, scenario);
  try {
    await work(world);
  } finally {
    await world.close();
  }
}

async function inWorld<T>(work: (world: TaskWorld) => Promise<T>, guest?: GuestSpec, furnish?: (host: FakeHost) => void): Promise<T> {
  const world = await TaskWorld.open(fleet, guest, furnish);
  try {
    return await work(world);
  } finally {
    await world.close();
  }
}

/** What the guest looks like to somebody at the host. */
type Sight = "runs" | "paused" | "off" | "saved" | "gone";

function sightOf({ host, guest, uuid }: TaskWorld): Sight {
  if (!host.domains.has(uuid)) return "gone";
  if (guest.emulator) return guest.emulator.executing ? "runs" : "paused";
  return host.files.get(`/var/lib/libvirt/qemu/save/${guest.name}.save`) ? "saved" : "off";
}

interface Deed {
  readonly action: LifecycleAction;
  /** What is done before, to bring the guest into the state in which the action starts. */
  readonly first?: LifecycleAction;
  readonly ends: Sight;
  readonly vmState: string;
  readonly powerState: number;
  /** How often the guest has booted by the end, its first start not counted. */
  readonly boots: number;
}

const deeds: readonly Deed[] = [
  { action: "stop", ends: "off", vmState: "stopped", powerState: 4, boots: 0 },
  { action: "start", first: "stop", ends: "runs", vmState: "active", powerState: 1, boots: 1 },
  { action: "reboot-soft", ends: "runs", vmState: "active", powerState: 1, boots: 1 },
  { action: "reboot-hard", ends: "runs", vmState: "active", powerState: 1, boots: 1 },
  { action: "reboot-hard", first: "stop", ends: "runs", vmState: "active", powerState: 1, boots: 1 },
  { action: "reboot-hard", first: "pause", ends: "runs", vmState: "active", powerState: 1, boots: 1 },
  { action: "reboot-hard", first: "suspend", ends: "runs", vmState: "active", powerState: 1, boots: 1 },
  { action: "pause", ends: "paused", vmState: "paused", powerState: 3, boots: 0 },
  { action: "unpause", first: "pause", ends: "runs", vmState: "active", powerState: 1, boots: 0 },
  { action: "suspend", ends: "saved", vmState: "suspended", powerState: 4, boots: 0 },
  { action: "resume", first: "suspend", ends: "runs", vmState: "active", powerState: 1, boots: 0 },
  { action: "delete", ends: "gone", vmState: "deleted", powerState: 0, boots: 0 },
  { action: "delete", first: "suspend", ends: "gone", vmState: "deleted", powerState: 0, boots: 0 },
];
const nameOf = ({ action, first }: Deed): string => (first ? `${action} after ${first}` : action);

async function prepare(world: TaskWorld, { first }: Deed): Promise<void> {
  if (first) await world.act(first);
  world.host.faults.trace.length = 0;
}

const boots = ({ datacentre, uuid }: TaskWorld): number => datacentre.journal.find("guest-booted", uuid).length;

/** Everything that must hold once an action is over, however it went. */
async function expectTruth(world: TaskWorld, deed: Deed): Promise<"Success" | "Error"> {
  expect(world.datacentre.journal.surprises).toEqual([]);
  expect(world.datacentre.journal.violations).toEqual([]);
  expect(await world.taskId()).toBeNull();
  const record = await world.record();
  expect(record.task_state).toBeNull();
  const [event] = await world.events();
  expect(event?.event).toBe(lifecycle[deed.action].event);
  if (event?.result === "Success") {
    expect(record).toEqual({ vm_state: deed.vmState, power_state: deed.powerState, task_state: null, fault_message: null });
    expect(sightOf(world)).toBe(deed.ends);
    expect(boots(world)).toBe(deed.boots);
    return "Success";
  }
  expect(event).toMatchObject({ result: "Error", details: record.fault_message });
  expect(record.fault_message).toMatch(/\w+/);
  expect(record.vm_state).toEqual(wordOf(sightOf(world), deed));
  return "Error";
}

/** A delete that has begun leaves a server that is not whole. */
const wordOf = (sight: Sight, { action }: Deed): string =>
  action === "delete" && sight !== "runs" && sight !== "paused"
    ? expect.stringMatching(/error|stopped|suspended/)
    : { runs: "active", paused: "paused", off: "stopped", saved: "suspended", gone: "deleted" }[sight];

describe.concurrent.each(deeds.map((deed) => [nameOf(deed), deed] as const))("%s", (_name, deed) => {
  it("brings the guest to where it was wanted, and the record with it", async () => {
    await inWorld(async (world) => {
      await prepare(world, deed);
      await world.act(deed.action);
      expect(await expectTruth(world, deed)).toBe("Success");
    });
  });

  it("ends in the truth when any of its calls is refused, lost, or the last of its worker", { timeout: 300_000 }, async () => {
    const acts = await inWorld(async (world) => {
      await prepare(world, deed);
      await world.act(deed.action);
      return numbered(world.host.faults.trace, (act, nth, last) => act === "domainGetState" && nth === last);
    });
    expect(acts.length).toBeGreaterThan(1);
    const trials = acts.flatMap((act) => taskMishaps.map((mishap) => ({ ...act, ...mishap })));
    const problems = await inParallel(
      trials,
      ({ act, nth, what }) => `${act}, time ${nth}, ${what}`,
      async ({ act, nth, what, faultFor }) => {
        await inWorld(async (world) => {
          await prepare(world, deed);
          world.host.faults.plan(act, nth, faultFor(world));
          await world.act(deed.action);
          await world.recover();
          const result = await expectTruth(world, deed);
          if (what !== "is refused") expect(result).toBe("Success");
        });
      },
    );
    expect(problems).toEqual([]);
  });
});

describe("a guest that does not react", () => {
  it.each(["stop", "reboot-soft"] as const)("is ended by a %s once its time is over", async (action) => {
    await inWorld(async (world) => {
      world.guest.deaf = true;
      await world.act(action);
      expect(sightOf(world)).toBe(action === "stop" ? "off" : "runs");
      expect(boots(world)).toBe(action === "stop" ? 0 : 1);
      const asked = world.host.faults.trace.filter((act) => act === "domainShutdownFlags").length;
      expect(asked).toBeGreaterThan(1);
      expect(world.datacentre.journal.find("guest-destroyed", world.uuid)).toHaveLength(1);
    });
  });

  it("is not waited for when the server is to go: the stop is withdrawn", async () => {
    await inWorld(async (world) => {
      world.guest.deaf = true;
      await world.accept("stop");
      const stop = world.requestId;
      const stopping = world.run();
      await untilAsked(world);
      await world.act("delete");
      await stopping;
      expect(sightOf(world)).toBe("gone");
      expect(await world.events(stop)).toMatchObject([{ result: "Error", details: expect.stringContaining("withdrawn") }]);
      expect(await world.record()).toMatchObject({ vm_state: "deleted", task_state: null });
    });
  });
});

async function untilAsked(world: TaskWorld): Promise<void> {
  while (!world.host.faults.trace.includes("domainShutdownFlags")) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("two workers at one task", () => {
  it("are one: the second finds the lease taken", async () => {
    await inWorld(async (world) => {
      await world.accept("reboot-hard");
      await Promise.all([world.run(), world.run(), world.run()]);
      expect(boots(world)).toBe(1);
      expect(await world.events()).toMatchObject([{ result: "Success" }]);
    });
  });
});

describe("the host's own news of the guest", () => {
  it("do not fight the action that is under way", async () => {
    await inWorld(async (world) => {
      await world.accept("reboot-hard");
      world.host.faults.hook("domainCreateWithFlags", async () => {
        await world.look();
        expect(await world.record()).toMatchObject({ vm_state: "active", task_state: "rebooting_hard" });
      });
      await world.run();
      expect(await world.record()).toMatchObject({ vm_state: "active", task_state: null });
    });
  });

  it("that came just before its end are heard after it", async () => {
    await inWorld(async (world) => {
      await world.accept("reboot-hard");
      // The look that settles the action sees it run; it ends before the record is written.
      world.host.faults.plan("domainGetState", 4, { kind: "hook", after: () => world.guest.stop("crashed", "crashed") });
      await world.run();
      expect(await world.events()).toMatchObject([{ result: "Success" }]);
      expect(await world.record()).toMatchObject({ vm_state: "stopped", task_state: null });
    });
  });

  it("show a suspended guest as suspended", async () => {
    await inWorld(async (world) => {
      await world.act("suspend");
      await world.look();
      expect(await world.record()).toMatchObject({ vm_state: "suspended", power_state: 4 });
    });
  });
});

describe("a host that falls silent", () => {
  it("ends the action after a while, with the sentence that says so", async () => {
    await inWorld(async (world) => {
      await world.accept("stop");
      world.host.powerOff();
      await world.run();
      expect(await world.record()).toMatchObject({
        vm_state: "active",
        task_state: null,
        fault_message: expect.stringContaining("Cannot"),
      });
      expect(await world.events()).toMatchObject([{ result: "Error" }]);
    });
  });

  it("leaves a server that was to go as it was", async () => {
    await inWorld(async (world) => {
      await world.accept("delete");
      world.host.powerOff();
      await world.run();
      expect(await world.record()).toMatchObject({ vm_state: "active", task_state: null });
    });
  });
});

describe("a guest that vanished before it was acted on", () => {
  it("is told as gone, and the next look at its host makes it so", async () => {
    await inWorld(async (world) => {
      await world.accept("stop");
      world.guest.stop("destroyed", "destroyed");
      world.guest.undefine();
      await world.run();
      expect(await world.events()).toMatchObject([{ result: "Error", details: expect.stringContaining("no such guest any more") }]);
      await world.look();
      expect(await world.record()).toMatchObject({ vm_state: "deleted" });
    });
  });
});

const POOL = "/var/lib/libvirt/images";

describe("delete", () => {
  const furnish = (host: FakeHost): void => {
    host.pools.add("ssd", "/srv/ssd");
    host.files.put(`${POOL}/installer.iso`, "an installation medium");
    host.files.put("/opt/outside.qcow2", new FakeFile("in no pool"));
  };
  const guest: GuestSpec = {
    name: "doomed",
    disks: [
      { path: `${POOL}/doomed.qcow2`, backing: `${POOL}/base.qcow2` },
      { path: "/srv/ssd/data.qcow2" },
      { path: "/opt/elsewhere.qcow2" },
    ],
  };

  it("takes the guest's own files in pools, and nothing else", async () => {
    await inWorld(
      async (world) => {
        await world.act("delete");
        const left = world.host.files.paths();
        expect(left).not.toContain(`${POOL}/doomed.qcow2`);
        expect(left).not.toContain("/srv/ssd/data.qcow2");
        for (const path of [`${POOL}/base.qcow2`, `${POOL}/installer.iso`, "/opt/outside.qcow2", "/opt/elsewhere.qcow2"]) {
          expect(left).toContain(path);
        }
        const gone = (await fleet.store.events.since(0, { serverId: world.uuid })).find(({ kind }) => kind === "server.gone");
        expect(gone?.data).toMatchObject({
          disks_deleted: [`${POOL}/doomed.qcow2`, "/srv/ssd/data.qcow2"],
          disks_kept: ["/opt/elsewhere.qcow2"],
        });
      },
      guest,
      furnish,
    );
  });

  it("leaves a disk that another guest has, or stands on", async () => {
    await inWorld(
      async (world) => {
        startGuest(world.host, { name: "heir", disks: [{ path: `${POOL}/heir.qcow2`, backing: `${POOL}/doomed.qcow2` }] });
        startGuest(world.host, { name: "sharer", disks: [{ path: "/srv/ssd/data.qcow2" }] });
        await world.act("delete");
        expect(world.host.files.paths()).toEqual(expect.arrayContaining([`${POOL}/doomed.qcow2`, "/srv/ssd/data.qcow2"]));
        expect(await world.record()).toMatchObject({ vm_state: "deleted" });
      },
      guest,
      furnish,
    );
  });

  it("leaves a disk that a server on another host has, as far as the record knows", async () => {
    await inWorld(
      async (world) => {
        await inWorld(
          async () => {
            await world.act("delete");
            expect(world.host.files.paths()).toContain("/srv/ssd/data.qcow2");
          },
          { name: "elsewhere", disks: [{ path: "/srv/ssd/data.qcow2" }] },
          furnish,
        );
      },
      guest,
      furnish,
    );
  });

  it.each([
    ["on a disk of that host", false],
    ["in a directory that both mount", true],
  ])("of a server on another host with a disk of the same path, %s: it goes only when it is another file", async (_where, shared) => {
    const path = `/srv/ssd/namesake-${shared}.qcow2`;
    await inWorld(
      async (world) => {
        const neighbour = world.datacentre.addHost(`${world.host.name}-neighbour`);
        if (shared) world.host.shareDirectory("/srv/ssd", neighbour);
        neighbour.pools.add("ssd", "/srv/ssd");
        await world.neighbour(neighbour, { name: "namesake", disks: [{ path }] });
        await world.act("delete");
        expect(world.host.files.paths().includes(path)).toBe(shared);
        expect(neighbour.files.paths()).toContain(path);
      },
      { name: "doomed", disks: [{ path }] },
      furnish,
    );
  });

  it("takes along the filters that ferry placed for it, unless others use them", async () => {
    const placer = migrationId(randomUUID());
    await inWorld(
      async (world) => {
        for (const name of ["ours", "ours-inner", "ours-shared"]) {
          await fleet.sql.query("INSERT INTO artifacts (host_id, kind, key, migration_id, state) VALUES ($1, 'nwfilter', $2, $3, 'kept')", [
            world.hostId,
            name,
            placer,
          ]);
        }
        await world.act("delete");
        expect([...world.host.nwfilters.keys()].sort()).toEqual(["ours-shared", "theirs"]);
        const { rows } = await fleet.sql.query("SELECT key FROM artifacts WHERE host_id = $1", [world.hostId]);
        expect(rows).toEqual([{ key: "ours-shared" }]);
      },
      { ...guest, filter: "ours", bridge: "br0" },
      (host) => {
        furnish(host);
        host.addNwfilter("ours-shared", "", placedFilterUuid(placer, "ours-shared"));
        host.addNwfilter("ours-inner", "", placedFilterUuid(placer, "ours-inner"));
        const rules = "<filterref filter='ours-inner'/><filterref filter='ours-shared'/>";
        host.addNwfilter("ours", rules, placedFilterUuid(placer, "ours"));
        host.addNwfilter("theirs", "<filterref filter='ours-shared'/>");
      },
    );
  });

  it("confirms a cold migration that waits for a verdict, so that neither host keeps anything of the server", async () => {
    await inWorldOfTwo({ name: "cold", transport: "direct", mode: "cold", guest: { name: "moved" } }, async (world) => {
      await world.run();
      expect(await world.status()).toBe("finished");
      expect(world.source.files.paths()).toContain(`${POOL}/moved.qcow2`);
      await fleet.store.acceptServerTask({
        serverId: serverId(world.uuid),
        action: "delete",
        requestId: `req-${randomUUID()}`,
        ...fleet.owner,
      });
      const { rows } = await fleet.sql.query<{ id: string }>("SELECT id FROM server_tasks WHERE server_id = $1", [world.uuid]);
      const deleting = world.worker().runTask(rows[0]?.id ?? "");
      while ((await world.status()) !== "confirming") await new Promise((resolve) => setTimeout(resolve, 5));
      await world.run();
      await deleting;
      expect(await world.status()).toBe("confirmed");
      for (const host of [world.source, world.destination]) {
        expect(host.domains.has(world.uuid)).toBe(false);
        expect(host.files.paths()).not.toContain(`${POOL}/moved.qcow2`);
      }
      expect((await fleet.sql.query("SELECT vm_state FROM servers WHERE id = $1", [world.uuid])).rows).toEqual([{ vm_state: "deleted" }]);
    });
  });

  it("keeps filters that are not ferry's", async () => {
    await inWorld(
      async (world) => {
        await world.act("delete");
        expect([...world.host.nwfilters.keys()]).toContain("theirs");
        expect(await world.record()).toMatchObject({ vm_state: "deleted" });
      },
      { ...guest, filter: "theirs", bridge: "br0" },
      (host) => {
        furnish(host);
        host.addNwfilter("theirs");
      },
    );
  });
});
