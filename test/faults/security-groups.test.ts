import type { Fault, FaultyAct, GuestSpec } from "@ferry/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FirewallWorld } from "./support/firewall-world.ts";
import { type Fleet, openFleet } from "./support/fleet.ts";
import { inParallel } from "./support/in-parallel.ts";

let fleet: Fleet;
beforeAll(async () => {
  fleet = await openFleet();
});
afterAll(() => fleet.close());

async function inWorld<T>(work: (world: FirewallWorld) => Promise<T>, guest?: GuestSpec): Promise<T> {
  const world = await FirewallWorld.open(fleet, guest);
  try {
    return await work(world);
  } finally {
    await world.close();
  }
}

/** A server in a group with one open port, whose rules nobody has carried out yet. */
async function joined(world: FirewallWorld): Promise<{ group: string; rule: string }> {
  const group = await world.group();
  const rule = await world.open(group, 80);
  await world.join(group);
  return { group, rule };
}

const inForce = { pending: false, problem: null };

describe("a server in a security group", () => {
  it("is guarded by the group's rules, now and after its next start, and follows each change of them", async () => {
    await inWorld(async (world) => {
      const { group, rule } = await joined(world);
      expect(await world.state()).toEqual({ pending: true, problem: null });
      expect(world.openPorts()).toBeNull();
      await world.run();
      expect(world.openPorts()).toEqual([80]);
      expect(await world.state()).toEqual(inForce);
      await world.open(group, 22);
      await world.run();
      expect(world.openPorts()?.sort()).toEqual([22, 80]);
      await fleet.store.securityGroups.removeRule(rule);
      await world.run();
      expect(world.openPorts()).toEqual([22]);
      await fleet.store.securityGroupMembers.leave({ serverId: world.uuid, groupId: group, group });
      await world.run();
      expect(world.openPorts()).toEqual([]);
    });
  });

  it("is guarded also while it is off", async () => {
    await inWorld(async (world) => {
      await world.tasks.act("stop");
      await joined(world);
      await world.run();
      expect(world.openPorts()).toEqual([80]);
      await world.tasks.act("start");
      expect(world.openPorts()).toEqual([80]);
    });
  });

  it("is let in by another member, and no longer when that one is gone", async () => {
    await inWorld(async (world) => {
      await inWorld(
        async (other) => {
          const group = await world.group();
          await fleet.store.securityGroups.addRule({
            groupId: group,
            protocol: null,
            fromPort: null,
            toPort: null,
            cidr: null,
            remoteGroupId: group,
          });
          await world.join(group);
          await world.run();
          const rules = (): string => world.host.nwfilters.get(`ferry-server-${world.uuid}`)?.xml ?? "";
          expect(rules().match(/srcmacaddr/g)).toHaveLength(2);
          await other.join(group);
          await world.run();
          expect(rules().match(/srcmacaddr/g)).toHaveLength(4);
          await other.tasks.act("delete");
          expect(await world.state()).toMatchObject({ pending: true });
          await world.run();
          expect(rules().match(/srcmacaddr/g)).toHaveLength(2);
        },
        { bridge: "br0", mac: "52:54:00:00:00:99" },
      );
    });
  });

  it("whose filter was taken off its card behind ferry's back gets it back", async () => {
    await inWorld(async (world) => {
      await joined(world);
      await world.run();
      await world.tasks.look();
      await world.recover();
      const { guest } = world.tasks;
      const bare = (xml: string): string => xml.replace(/<filterref[^>]*\/>/, "");
      guest.persistentXml = bare(guest.persistentXml ?? "");
      guest.running().replug(bare(guest.running().xml));
      expect(world.openPorts()).toBeNull();
      await world.tasks.look();
      await world.recover();
      expect(world.openPorts()).toEqual([80]);
    });
  });

  it("takes its network filters along when it is deleted", async () => {
    await inWorld(async (world) => {
      await joined(world);
      await world.run();
      await world.tasks.act("delete");
      expect([...world.host.nwfilters.keys()].filter((name) => name.startsWith("ferry-"))).toEqual([]);
    });
  });

  it("whose host cannot follow yet stays pending with the reason, and follows when it can", async () => {
    await inWorld(async (world) => {
      await joined(world);
      world.host.faults.refuse("nwfilterDefineXml");
      await world.run();
      expect(await world.state()).toEqual({ pending: true, problem: expect.stringContaining("Cannot ") });
      expect(await fleet.store.serverFirewalls.pending()).not.toContain(world.uuid);
      await world.recover();
      expect(await world.state()).toEqual(inForce);
      expect(world.openPorts()).toEqual([80]);
    });
  });

  it("is refused while a card of it cannot be guarded, which is named", async () => {
    const refusal = inWorld((world) => joined(world), { filter: "lab-guest", bridge: "br0" });
    await expect(refusal).rejects.toThrow(/its card .* has the network filter lab-guest, which would be lost/);
  });
});

describe("whatever befalls the worker at whichever call", () => {
  const mishaps: readonly { readonly what: string; readonly faultFor: (world: FirewallWorld) => Fault }[] = [
    { what: "is refused", faultFor: () => ({ kind: "refuse", code: "internalError", message: "planned" }) },
    { what: "is lost before it happens", faultFor: () => ({ kind: "lose-call" }) },
    { what: "happens and its answer is lost", faultFor: () => ({ kind: "lose-answer" }) },
    { what: "is a dying worker's and does not arrive", faultFor: kill("before") },
    { what: "is the last of a dying worker", faultFor: kill("after") },
  ];

  function kill(when: "before" | "after") {
    return ({ tasks }: FirewallWorld): Fault => ({ kind: "hook", [when]: () => tasks.workers.at(-1)?.kill() });
  }

  it("the rules are in force in the end, and nothing is pending", async () => {
    const acts = await inWorld(async (world) => {
      await joined(world);
      world.host.faults.trace.length = 0;
      await world.run();
      return numbered(world.host.faults.trace);
    });
    expect(acts.length).toBeGreaterThan(4);
    const trials = acts.flatMap((act) => mishaps.map((mishap) => ({ ...act, ...mishap })));
    const problems = await inParallel(
      trials,
      ({ act, nth, what }) => `${act}, time ${nth}, ${what}`,
      ({ act, nth, faultFor }) =>
        inWorld(async (world) => {
          await joined(world);
          world.host.faults.plan(act, nth, faultFor(world));
          await world.run();
          expect(world.host.faults.unused()).toEqual([]);
          await world.recover();
          expect(world.openPorts()).toEqual([80]);
          expect(await world.state()).toEqual(inForce);
        }),
    );
    expect(problems).toEqual([]);
  });
});

describe("a change while another one is carried out", () => {
  it("is not lost", async () => {
    await inWorld(async (world) => {
      const { group } = await joined(world);
      world.host.faults.hook("domainUpdateDeviceFlags", async () => {
        await world.open(group, 443);
      });
      await world.run();
      expect(world.openPorts()?.sort()).toEqual([443, 80]);
      expect(await world.state()).toEqual(inForce);
    });
  });

  it("is made by one worker, however many there are", async () => {
    await inWorld(async (world) => {
      await joined(world);
      await Promise.all([world.run(), world.run(), world.run()]);
      expect(world.openPorts()).toEqual([80]);
      expect(world.host.faults.trace.filter((act) => act === "domainUpdateDeviceFlags")).toHaveLength(2);
    });
  });
});

/** Each act of a run with its number among those of its name. Connecting is the driver's own matter. */
function numbered(trace: readonly FaultyAct[]): { act: FaultyAct; nth: number }[] {
  const counts = new Map<FaultyAct, number>();
  const all = trace.map((act) => {
    counts.set(act, (counts.get(act) ?? 0) + 1);
    return { act, nth: counts.get(act) ?? 1 };
  });
  return all.filter(({ act }) => !/^(auth|connect)/.test(act));
}
