import { describe, expect, it } from "vitest";
import { assertColdEnd } from "./support/cold-ends.ts";
import { coldMoves, type Scenario, stateMoves } from "./support/scenario.ts";
import { worlds } from "./support/suite.ts";
import type { WorkerFaults } from "./support/test-worker.ts";
import type { World } from "./support/world.ts";

const inWorld = worlds();

describe.concurrent("a move that is not live, without faults", () => {
  for (const scenario of stateMoves) {
    it(`ends at the destination: ${scenario.name}`, async () => {
      await inWorld(scenario, async (world) => {
        await world.run();
        await assertColdEnd(world, "moved");
      });
    });
  }

  for (const scenario of coldMoves) {
    it(`waits at the destination, and is confirmed: ${scenario.name}`, async () => {
      await inWorld(scenario, async (world) => {
        await world.run();
        await assertColdEnd(world, "waiting");
        await world.settle("confirm");
        await world.run();
        await assertColdEnd(world, "confirmed");
      });
    });

    it(`waits at the destination, and is reverted: ${scenario.name}`, async () => {
      await inWorld(scenario, async (world) => {
        await world.run();
        await world.settle("revert");
        await world.run();
        await assertColdEnd(world, "reverted");
      });
    });
  }

  it("tells how long the guest stood still, and what its state took", async () => {
    const [saved, paused] = stateMoves;
    if (!saved || !paused) throw new Error("there are no scenarios");
    const summaryOf = (scenario: Scenario) =>
      inWorld(scenario, async (world) => {
        await world.run();
        const { rows } = await world.fleet.sql.query("SELECT summary FROM migrations WHERE id = $1", [world.migration.id]);
        return rows[0]?.summary as unknown;
      });
    expect(await summaryOf(saved)).toMatchObject({ downtimeMs: expect.any(Number), memoryBytes: expect.any(Number) });
    expect(await summaryOf(paused)).toMatchObject({ downtimeMs: null, memoryBytes: expect.any(Number) });
  });

  const roomKept = ({ fleet, sourceId }: World) => fleet.store.checks.claimedMiB(sourceId);

  it.each(["confirm", "revert"] as const)(
    "nobody else counts on its room at the source from before it is stopped there until the end: %s",
    async (verdict) => {
      const [scenario] = coldMoves;
      if (!scenario) throw new Error("there are no scenarios");
      await inWorld(scenario, async (world) => {
        const { rows } = await world.fleet.sql.query<{ memory_mib: number }>("SELECT memory_mib FROM servers WHERE id = $1", [world.uuid]);
        const room = rows[0]?.memory_mib;
        const seen: Record<string, number> = {};
        const look: WorkerFaults = async (point, step) => {
          if (point === "before") seen[step] = await roomKept(world);
        };
        await world.run(look);
        const { "note-power": running, ...later } = seen;
        expect(running).toBe(0);
        for (const step of ["stop-at-source", "copy-disks", "hand-over", "record-arrival", "record-summary"])
          expect([step, later[step]]).toEqual([step, room]);
        expect(await roomKept(world)).toBe(room);
        await world.settle(verdict);
        await world.run(look);
        const last = verdict === "confirm" ? "delete-source-disks" : "start-at-source";
        expect([last, seen[last]]).toEqual([last, room]);
        expect(await roomKept(world)).toBe(0);
      });
    },
  );

  it("ends a guest that does not obey, and only after it was asked for a while", async () => {
    const [scenario] = coldMoves;
    if (!scenario) throw new Error("there are no scenarios");
    await inWorld({ ...scenario, deaf: true }, async (world) => {
      await world.run();
      await assertColdEnd(world, "waiting");
    });
  });
});
