import { guardName } from "@ferry/core";
import { baseFilterName } from "@ferry/libvirt-xml";
import { serverCreation } from "@ferry/migration";
import { FakeFile } from "@ferry/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CreateWorld } from "./support/create-world.ts";
import { type Fleet, openFleet } from "./support/fleet.ts";
import { atPoint, dying, failing } from "./support/once.ts";

let fleet: Fleet;
beforeAll(async () => {
  fleet = await openFleet();
});
afterAll(() => fleet.close());

async function inWorld(work: (world: CreateWorld) => Promise<void>): Promise<void> {
  const world = await CreateWorld.open(fleet);
  try {
    await work(world);
    expect(world.datacentre.journal.surprises).toEqual([]);
    expect(world.datacentre.journal.violations).toEqual([]);
  } finally {
    await world.close();
  }
}

/** The server is there, whole, and nothing else is. */
async function expectMade(world: CreateWorld, { guarded = false } = {}): Promise<void> {
  expect(await world.record()).toEqual({ name: "web 1", vm_state: "active", task_state: null, fault_message: null, build: null });
  expect(world.guest?.emulator?.executing).toBe(true);
  const own = ["config.iso", "disk.qcow2"].map((end) => `/var/lib/libvirt/images/${world.uuid}.${end}`);
  expect(world.files()).toEqual([...world.before, ...own, world.basePath].sort());
  expect(world.host.files.get(own[1] ?? "")?.image).toMatchObject({
    capacityBytes: 1024 ** 3,
    backing: { path: world.basePath, format: "qcow2" },
  });
  expect(await world.ledger()).toEqual(["base-image kept"]);
  expect(world.datacentre.journal.find("guest-booted", world.uuid)).toHaveLength(1);
  if (guarded) expectGuardedFromTheFirst(world);
  else expect(world.filters()).toEqual([]);
}

/** It booted with its filters: a host starts no guest whose filters it lacks, and nobody has changed its cards since. */
function expectGuardedFromTheFirst(world: CreateWorld): void {
  const filter = guardName(world.uuid);
  expect(world.filters()).toEqual([baseFilterName, filter]);
  for (const xml of [world.guest?.persistentXml, world.guest?.emulator?.xml])
    expect(xml).toContain(`<filterref filter="${filter}"><parameter name="IP" value="${world.address}"/></filterref>`);
  const rules = world.host.nwfilters.get(filter)?.xml;
  expect(rules).toContain('dstportstart="80"');
  expect(rules).toContain('filter="clean-traffic"');
  expect(world.datacentre.journal.find("card-updated", world.uuid)).toEqual([]);
}

/** Nothing of the server is there, but perhaps the base image, whole. */
async function expectNothingLeft(world: CreateWorld): Promise<void> {
  expect(world.guest).toBeUndefined();
  expect(world.files().filter((path) => path !== world.basePath)).toEqual(world.before);
  expect(world.filters()).toEqual([]);
  const base = world.host.files.get(world.basePath);
  expect(await world.ledger()).toEqual(base ? ["base-image kept"] : []);
  if (base) expect(base.content().length).toBe(world.image.sizeBytes);
}

const steps = serverCreation.steps.map((step) => step.name);
const points = ["before", "after"] as const;
const places = steps.flatMap((step) => points.map((point) => [point, step] as const));

describe.concurrent("the making of a server", () => {
  it("ends with a server that runs on its image, and is called as it was asked for", async () => {
    await inWorld(async (world) => {
      await world.accept();
      expect(await world.record()).toMatchObject({ vm_state: "building", task_state: "scheduling" });
      await world.look();
      expect(await world.record()).toMatchObject({ vm_state: "building" });
      await world.run();
      await expectMade(world);
      await world.look();
      await expectMade(world);
    });
  });

  it("is in its security groups from the first: their rules are in force before its first instruction, and nothing is left to be told", async () => {
    await inWorld(async (world) => {
      await world.acceptGuarded();
      expect(await world.firewallPending()).toBe(false);
      await world.run();
      await expectMade(world, { guarded: true });
      await world.applyFirewall();
      await expectMade(world, { guarded: true });
      expect(await world.firewall()).toMatchObject({ pending: false, problem: null });
    });
  });

  it("is followed by rules that came while it went on", async () => {
    await inWorld(async (world) => {
      const group = await world.group();
      await world.accept({ securityGroups: [group], nics: [{ network: "default", mac: "fa:16:3e:00:00:05", fixedIp: null }] });
      await world.run(atPoint("after", "place-server-filters", dying));
      await world.letIn(group, 443);
      await world.applyFirewall();
      expect(await world.firewall()).toEqual({ pending: true, problem: null });
      await world.recover();
      expect(await world.record()).toMatchObject({ vm_state: "active" });
      await world.applyFirewall();
      const rules = world.host.nwfilters.get(guardName(world.uuid))?.xml;
      for (const port of [80, 443]) expect(rules).toContain(`dstportstart="${port}"`);
      expect(rules, "an address that is not known is not held to").not.toContain("clean-traffic");
      expect(await world.firewall()).toMatchObject({ pending: false });
    });
  });

  it("leaves the rules that others share where they are, when it fails", async () => {
    await inWorld(async (world) => {
      world.host.addNwfilter(baseFilterName);
      world.host.addNwfilter("of-another", `<filterref filter='${baseFilterName}'/>`);
      await world.acceptGuarded();
      await world.run(atPoint("after", "define-server", failing));
      expect(await world.record()).toMatchObject({ vm_state: "error" });
      expect(world.filters()).toEqual([baseFilterName]);
      expect(await world.firewall(), "nothing is left to be guarded").toBeNull();
    });
  });

  it("places the shared rules once more when they go, with their last user, right before its own refer to them", async () => {
    await inWorld(async (world) => {
      await world.acceptGuarded();
      world.host.faults.hook("nwfilterDefineXml", () => void world.host.nwfilters.delete(baseFilterName), 2);
      await world.run();
      await expectMade(world, { guarded: true });
      expect(world.host.faults.unused()).toEqual([]);
    });
  });

  it.each(places)("goes on when its worker is killed %s %s", async (point, step) => {
    await inWorld(async (world) => {
      await world.acceptGuarded();
      await world.run(atPoint(point, step, dying));
      await world.recover();
      await expectMade(world, { guarded: true });
    });
  });

  it.each(places)("leaves a whole server, or none and the reason, when something fails %s %s", async (point, step) => {
    await inWorld(async (world) => {
      await world.acceptGuarded();
      await world.run(atPoint(point, step, failing));
      await world.recover();
      const { vm_state: state, fault_message: fault } = await world.record();
      if (state === "active") return await expectMade(world, { guarded: true });
      expect(state).toBe("error");
      expect(fault).toMatch(/\w+/);
      await expectNothingLeft(world);
      await world.look();
      expect(await world.record()).toMatchObject({ vm_state: "error", task_state: null, build: null });
    });
  });

  it.each(places)("gives way to a delete that comes when its worker was killed %s %s", async (point, step) => {
    await inWorld(async (world) => {
      await world.acceptGuarded();
      await world.run(atPoint(point, step, dying));
      await world.delete();
      await world.recover();
      expect(await world.record()).toMatchObject({ vm_state: "deleted", task_state: null });
      await expectNothingLeft(world);
    });
  });

  it("undoes what an undo could not, once it can, and says ERROR meanwhile", async () => {
    await inWorld(async (world) => {
      await world.acceptGuarded();
      const broken = atPoint("after", "create-config-drive", failing);
      const stuck = ["create-config-drive", "create-root-disk"].map((step) => atPoint("before-undo", step, failing, 9));
      await world.run(async (...at) => {
        for (const probe of [broken, ...stuck]) await probe(...at);
      });
      expect(await world.record()).toMatchObject({ vm_state: "error", fault_message: expect.stringMatching(/\w/) });
      expect(await world.taskId()).not.toBeNull();
      expect(world.files()).toHaveLength(world.before.length + 3);
      await world.look();
      await world.recover();
      expect(await world.taskId()).toBeNull();
      expect(await world.record()).toMatchObject({ vm_state: "error", task_state: null, build: null });
      await expectNothingLeft(world);
    });
  });

  it("is refused by a host that has not the memory any more", async () => {
    await inWorld(async (world) => {
      await world.accept({ memoryMiB: 1024 * 1024 });
      await world.run();
      expect(await world.record()).toMatchObject({ vm_state: "error", fault_message: expect.stringContaining("MiB of memory free") });
      await expectNothingLeft(world);
    });
  });

  it("does not use an image whose content is not the one that was registered", async () => {
    await inWorld(async (world) => {
      await world.accept({ image: { ...world.image, sha256: "0".repeat(64) } });
      await world.run();
      expect(await world.record()).toMatchObject({ vm_state: "error", fault_message: expect.stringContaining("has changed since") });
      expect(world.files()).toEqual(world.before);
    });
  });

  it("does not stand on a file of the base's name that has other content", async () => {
    await inWorld(async (world) => {
      const other = { format: "qcow2", capacityBytes: 64 * 1024 ** 2, backing: null, blocks: { boot: "something else" } } as const;
      world.host.files.put(world.basePath, FakeFile.ofImage(other));
      world.host.pools.all()[0]?.refresh();
      await world.accept();
      await world.run();
      expect(await world.record()).toMatchObject({ vm_state: "error", fault_message: expect.stringContaining("has other content") });
      expect(world.files()).toEqual([...world.before, world.basePath].sort());
    });
  });
});
