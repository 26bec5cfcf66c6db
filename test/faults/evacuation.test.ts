import { evacuation } from "@ferry/migration";
import { describe, expect, it } from "vitest";
import { assertEvacuationEnd } from "./support/evacuation-ends.ts";
import { atPoint, dying, failing } from "./support/once.ts";
import { evacuations, type Scenario } from "./support/scenario.ts";
import { worlds } from "./support/suite.ts";
import type { World } from "./support/world.ts";

const inWorld = worlds();
const { steps } = evacuation;
const pivot = steps.findIndex((step) => step.pivot);
const [ran] = evacuations as readonly [Scenario, Scenario];

/** The source is switched on again, and a worker looks at it. */
async function bringBack(world: World): Promise<void> {
  world.source.powerOn();
  await world.worker().refresh(world.sourceId);
}

const problemOf = async (world: World): Promise<unknown> =>
  (await world.fleet.sql.query("SELECT problem_code FROM migrations WHERE id = $1", [world.migration.id])).rows[0]?.problem_code;
const hostOf = async (world: World) => await world.fleet.store.hosts.find(world.sourceId);

describe.concurrent.each(evacuations)("$name", (scenario) => {
  it("goes to the host that sees its disk; when the dead one is back, its old definition is gone before it takes part", async () => {
    await inWorld(scenario, async (world) => {
      await world.run();
      await assertEvacuationEnd(world, "evacuated");
      await bringBack(world);
      await assertEvacuationEnd(world, "cleaned");
      expect((await hostOf(world))?.state).toBe("up");
    });
  });

  for (const [index, { name }] of steps.entries()) {
    for (const point of ["before", "after"] as const) {
      it(`${name} fails ${point} its effect: before the take-over everything is taken back, what follows is repeated`, async () => {
        await inWorld(scenario, async (world) => {
          const faults = atPoint(point, name, failing);
          await world.run(faults);
          await world.recover();
          expect(faults.struck()).toBe(1);
          await assertEvacuationEnd(world, index < pivot ? "stayed" : "evacuated");
        });
      });

      it(`the worker dies ${point} the effect of ${name}, and another goes on`, async () => {
        await inWorld(scenario, async (world) => {
          const faults = atPoint(point, name, dying);
          await world.run(faults);
          await world.recover();
          expect(faults.struck()).toBe(1);
          await assertEvacuationEnd(world, "evacuated");
        });
      });
    }
  }
});

describe.concurrent("an undo of an evacuation", () => {
  for (const { name } of steps.filter((step) => typeof step.undo === "function")) {
    for (const [what, point, act, times] of [
      ["fails once before its effect", "before-undo", failing, 1],
      ["runs twice, its first answer being lost", "after-undo", failing, 1],
      ["fails at every try and is repeated by the reconciler", "before-undo", failing, 3],
      ["meets the death of its worker after its effect", "after-undo", dying, 1],
    ] as const) {
      it(`of ${name} ${what}`, async () => {
        await inWorld(ran, async (world) => {
          const turn = atPoint("after", "define-at-destination", failing);
          const undo = atPoint(point, name, act, times);
          await world.run(async (at, step, worker) => {
            await turn(at, step, worker);
            await undo(at, step, worker);
          });
          await world.recover();
          expect(undo.struck()).toBe(times);
          await assertEvacuationEnd(world, "stayed");
        });
      });
    }
  }
});

describe.concurrent("an evacuation is not made", () => {
  it("when the host answers after all", async () => {
    await inWorld(ran, async (world) => {
      world.source.powerOn();
      await world.run();
      expect(await problemOf(world)).toBe("CHECKS_REFUSED");
      await assertEvacuationEnd(world, "stayed");
    });
  });

  it("when the host comes back right before the guest would be started: what was defined is taken back", async () => {
    await inWorld(ran, async (world) => {
      await world.run(async (point, step) => {
        if (point === "before" && step === "take-over") world.source.powerOn();
      });
      expect(await problemOf(world)).toBe("TAKE_OVER_FAILED");
      await assertEvacuationEnd(world, "stayed");
    });
  });

  it("when somebody has seen the host meanwhile, though it is silent again", async () => {
    await inWorld(ran, async (world) => {
      await world.run(async (point, step) => {
        if (point === "before" && step === "take-over") await world.fleet.store.fencing.seen(world.sourceId, null);
      });
      expect(await problemOf(world)).toBe("FENCE_ENDED");
      await assertEvacuationEnd(world, "stayed");
    });
  });

  it("to a host that was not proven to share the directory, whatever file it has there", async () => {
    await inWorld(ran, async (world) => {
      await world.fleet.sql.query("DELETE FROM directory_sightings WHERE host_id = $1", [world.sourceId]);
      await world.run();
      expect(await problemOf(world)).toBe("CHECKS_REFUSED");
      await assertEvacuationEnd(world, "stayed");
    });
  });

  it("over a guest that somebody else has defined there", async () => {
    await inWorld(ran, async (world) => {
      const xml = world.source.domains.get(world.uuid)?.persistentXml ?? "";
      world.destination.defineGuest(xml);
      await world.run();
      expect(await problemOf(world)).toBe("CHECKS_REFUSED");
      expect(world.destination.domains.get(world.uuid)?.persistentXml).toBe(xml);
    });
  });
});

describe.concurrent("a host that comes back", () => {
  it("takes no part while an evacuation from it is not decided", async () => {
    await inWorld(ran, async (world) => {
      await world.run(atPoint("after", "take-over", dying));
      world.source.powerOn();
      await expect(world.worker().refresh(world.sourceId)).rejects.toMatchObject({ code: "HOST_RETURNING" });
      expect((await hostOf(world))?.state).toBe("down");
      await world.recover();
      await world.worker().refresh(world.sourceId);
      await assertEvacuationEnd(world, "cleaned");
    });
  });

  it("and runs the guest itself is told loudly, ends nothing by itself, and takes part once somebody has ended it", async () => {
    await inWorld(ran, async (world) => {
      await world.run();
      world.source.powerOn();
      world.source.startGuest(world.source.domains.get(world.uuid)?.persistentXml ?? "");
      const { journal } = world.datacentre;
      const worker = world.worker();
      for (let look = 0; look < 2; look++)
        await expect(worker.refresh(world.sourceId)).rejects.toMatchObject({ code: "HOST_RUNS_EVACUATED" });
      const { rows } = await world.fleet.sql.query("SELECT vm_state, fault_message, host_id FROM servers WHERE id = $1", [world.uuid]);
      expect(rows).toEqual([{ vm_state: "error", fault_message: expect.stringContaining("runs it too"), host_id: world.destinationId }]);
      expect((await hostOf(world))?.state).toBe("down");
      expect(world.source.domains.get(world.uuid)?.emulator).not.toBeNull();
      expect(journal.violations.length).toBeGreaterThan(0);
      world.source.domains.get(world.uuid)?.stop("destroyed", "destroyed");
      await worker.refresh(world.sourceId);
      expect(world.source.domains.has(world.uuid)).toBe(false);
      expect(await world.status()).toBe("completed");
      expect((await hostOf(world))?.state).toBe("up");
    });
  });

  it("is cleaned by another worker when the first dies between removing and recording", async () => {
    await inWorld(ran, async (world) => {
      await world.run();
      world.source.powerOn();
      world.source.domains.delete(world.uuid);
      await world.worker().refresh(world.sourceId);
      await assertEvacuationEnd(world, "cleaned");
    });
  });
});
