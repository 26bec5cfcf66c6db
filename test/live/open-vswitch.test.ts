import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureOpenVswitch, SWITCH, SWITCH_VLAN, virsh } from "../lab/index.ts";
import { heardThereAndBack } from "./support/heard-moves.ts";
import type { MovingGuest } from "./support/moving-guest.ts";
import { expectRefusal } from "./support/refusal.ts";
import { assertTruth } from "./support/truth.ts";
import { World } from "./support/world.ts";

describe("a guest in a VLAN of an Open vSwitch", () => {
  let world: World;
  let guest: MovingGuest;

  beforeAll(async () => {
    world = await World.open();
    await ensureOpenVswitch(world.lab);
    for (const host of ["compute1", "compute2"] as const)
      for (const item of (await world.strayThings(host)).added) world.expectAlso(host, item);
    guest = await world.startGuest({ name: "tagged", host: "compute1", network: "ovs", filter: false });
  });

  afterAll(() => World.close(world));

  test("is heard again in the same VLAN after moves there and back", async () => {
    await heardThereAndBack(world, guest, async () => {
      expect(await virsh(world.host(guest.at), ["dumpxml", "--", guest.name])).toContain(`<tag id='${SWITCH_VLAN}'/>`);
    });
  });

  test("is refused where no switch of that name is, and stays", async () => {
    await world.host("compute2").exec(["ovs-vsctl", "--timeout=20", "del-br", SWITCH]);
    await expectRefusal(world, guest, {
      check: "networks-present",
      sentence: new RegExp(`compute2 lacks the bridge ${SWITCH} that interface .* is plugged into`),
      remedy: /Create it there/,
    });
    await assertTruth(world, guest, "compute1");
  });
});
