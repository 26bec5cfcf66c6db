import { randomUUID } from "node:crypto";
import { guardName } from "@ferry/core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { assertEvacuationEnd } from "./support/evacuation-ends.ts";
import { addLibvirtFilters } from "./support/firewall-world.ts";
import { type Fleet, openFleet } from "./support/fleet.ts";
import { atPoint, failing } from "./support/once.ts";
import { evacuations } from "./support/scenario.ts";
import { World } from "./support/world.ts";

let fleet: Fleet;
beforeAll(async () => {
  fleet = await openFleet();
});
afterAll(() => fleet.close());

/** A guest that its security group guards, on a host that has died; the destination has nothing of its rules. */
async function openGuarded(): Promise<World> {
  const scenario = evacuations[0];
  if (scenario === undefined) throw new Error("There is no evacuation to vary.");
  const uuid = randomUUID();
  const world = await World.open(fleet, {
    ...scenario,
    guest: { ...scenario.guest, uuid, filter: guardName(uuid) },
    furnish: (source, destination) => {
      scenario.furnish?.(source, destination);
      for (const host of [source, destination]) addLibvirtFilters(host);
      source.addNwfilter(guardName(uuid));
    },
  });
  const { id: group } = await fleet.store.securityGroups.create({ projectId: fleet.owner.projectId, name: uuid, description: "" });
  const rule = { groupId: group, protocol: "tcp", fromPort: 80, toPort: 80, cidr: "0.0.0.0/0", remoteGroupId: null } as const;
  await fleet.store.securityGroups.addRule(rule);
  await fleet.store.securityGroupMembers.join({ serverId: uuid, groupId: group, group });
  return world;
}

it("the rules of a server's security groups are at the destination before it starts there, though the dead host cannot give them", async () => {
  const world = await openGuarded();
  await world.run();
  await assertEvacuationEnd(world, "evacuated");
  expect(world.destination.nwfilters.get(guardName(world.uuid))?.xml).toContain('dstportstart="80"');
  await world.close();
});

it("a host that is back gives up the filters with the definition, also when its worker died in between", async () => {
  for (const cleanedBefore of [false, true]) {
    const world = await openGuarded();
    await world.run();
    world.source.powerOn();
    if (cleanedBefore) world.source.domains.delete(world.uuid);
    await world.worker().refresh(world.sourceId);
    await assertEvacuationEnd(world, "cleaned");
    expect(world.source.nwfilters.has(guardName(world.uuid))).toBe(false);
    expect(world.destination.nwfilters.has(guardName(world.uuid))).toBe(true);
    await world.close();
  }
});

it("they are taken away again when the server is not taken over", async () => {
  const world = await openGuarded();
  await world.run(atPoint("after", "define-at-destination", failing));
  await world.recover();
  await assertEvacuationEnd(world, "stayed");
  expect(world.destination.nwfilters.has(guardName(world.uuid))).toBe(false);
  await world.close();
});
