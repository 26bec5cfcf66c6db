import { describe, expect, it } from "vitest";
import { assertColdEnd } from "./support/cold-ends.ts";
import { coldMoves, type Scenario, stateMoves } from "./support/scenario.ts";
import { worlds } from "./support/suite.ts";
import type { WorkerFaults } from "./support/test-worker.ts";
import type { World } from "./support/world.ts";

const inWorld = worlds();

const [cold] = coldMoves;
const [saved, paused] = stateMoves;
const scenarios: readonly Scenario[] = [cold, saved, paused].filter((one) => one !== undefined);

/** The move is taken back; the sentence says why. */
async function expectStay(world: World, sentence: RegExp, faults?: WorkerFaults): Promise<void> {
  await world.run(faults);
  await world.recover();
  const { rows } = await world.fleet.sql.query<{ problem: string }>("SELECT problem FROM migrations WHERE id = $1", [world.migration.id]);
  expect(rows[0]?.problem).toMatch(sentence);
  await assertColdEnd(world, "stayed");
}

describe.concurrent.each(scenarios)("what befalls a copy: $name", (scenario) => {
  it("one that differs from what was read is never used", async () => {
    await inWorld(scenario, async (world) => {
      const path = "/var/lib/libvirt/images/lm001.qcow2";
      // The first time that the destination is read is when the copy is compared.
      world.destination.faults.hook("storageVolDownload", () => {
        const file = world.destination.files.get(path);
        if (file) file.bytes[file.bytes.length - 2] = 1;
      });
      await expectStay(world, /differs from it \(checksum\)/);
    });
  });

  it("no room at the destination: nothing is left there", async () => {
    await inWorld(scenario, async (world) => {
      const pool = world.destination.pools.named("default");
      world.source.faults.hook("storageVolDownload", () => {
        pool.full = true;
      });
      await expectStay(world, /No space left on device/);
    });
  });

  it("the destination's power fails in the middle, and comes back: nothing is left there", async () => {
    await inWorld(scenario, async (world) => {
      world.destination.faults.hook("storageVolUpload", () => world.destination.daemon.kill());
      await world.run();
      world.destination.daemon.start();
      await world.recover();
      await assertColdEnd(world, "stayed");
    });
  });
});

describe.concurrent.each(scenarios)("a move that is aborted: $name", (scenario) => {
  it("in the middle of the copy: the guest goes on at the source", async () => {
    await inWorld(scenario, async (world) => {
      world.source.faults.hook("storageVolDownload", async () => {
        await world.requestAbort();
        world.workers.at(-1)?.aborts.abort(world.migration.id);
      });
      await world.run();
      await world.recover();
      expect(await world.status()).toBe("cancelled");
      await assertColdEnd(world, "stayed");
    });
  });

  it("when the destination has it already: too late, and the record says so", async () => {
    await inWorld(scenario, async (world) => {
      world.source.faults.hook("domainUndefineFlags", async () => {
        await expect(world.requestAbort()).rejects.toMatchObject({ code: "MIGRATION_NOT_ABORTABLE" });
      });
      await world.run();
      await assertColdEnd(world, scenario.mode === "cold" ? "waiting" : "moved");
    });
  });
});

describe.concurrent("what befalls the guest meanwhile", () => {
  it("somebody starts it at the source while its disks are copied: the move gives way", async () => {
    if (!cold) throw new Error("there are no scenarios");
    await inWorld(cold, async (world) => {
      // After the base image and the medium, which are brought while the guest still runs.
      const firstDisk = 3;
      const start = (): void => world.guest.start(world.guest.persistentXml ?? "", { paused: false });
      world.destination.faults.hook("storageVolUpload", start, firstDisk);
      await expectStay(world, /was started at its source|changed while it was being copied/);
    });
  });

  /** Starts it at the source, lets it write, and ends it again. */
  const useAndStop = (world: World): void => {
    world.guest.start(world.guest.persistentXml ?? "", { paused: false });
    world.guest.emulator?.work();
    world.guest.stop("destroyed", "destroyed");
  };

  it.each([
    ["before", "copy-disks"],
    ["after", "copy-disks"],
    ["before", "hand-over"],
  ])(
    "somebody starts it at the source and stops it again (%s %s): the move gives way, and what was written there stays",
    async (point, step) => {
      if (!cold) throw new Error("there are no scenarios");
      await inWorld(cold, async (world) => {
        const atMoment: WorkerFaults = async (at, name) => {
          if (at === point && name === step) useAndStop(world);
        };
        await expectStay(world, /started at its source while it was being moved, and stopped again: its disk vda was written to/, atMoment);
      });
    },
  );

  it("somebody does so while its first disk is copied: the move gives way", async () => {
    if (!cold) throw new Error("there are no scenarios");
    await inWorld(cold, async (world) => {
      const firstDisk = 3;
      world.destination.faults.hook("storageVolUpload", () => useAndStop(world), firstDisk);
      await expectStay(world, /started at its source while it was being moved, and stopped again|changed while it was being copied/);
    });
  });

  it("somebody starts it at the source without its saved state and stops it again: it is left off, and the state is not used", async () => {
    if (!saved) throw new Error("there are no scenarios");
    await inWorld(saved, async (world) => {
      world.destination.faults.hook("storageVolUpload", () => useAndStop(world));
      await world.run();
      await world.recover();
      expect(await world.status()).toBe("failed");
      expect(world.guest.emulator).toBeNull();
      expect(world.source.files.paths().filter((path) => path.includes(world.migration.id))).toEqual([]);
      expect(world.destination.domains.has(world.uuid)).toBe(false);
    });
  });

  it("somebody defines a guest of its uuid at the destination: that one is not touched", async () => {
    if (!cold) throw new Error("there are no scenarios");
    await inWorld(cold, async (world) => {
      world.source.faults.hook("storageVolDownload", () => void world.destination.defineGuest(world.guest.persistentXml ?? ""));
      await world.run();
      await world.recover();
      expect(await world.status()).toBe("failed");
      expect(world.destination.domains.get(world.uuid)?.persistentXml).not.toBeNull();
      expect(world.datacentre.truthOf(world.uuid).runningOn()).toEqual([world.source.name]);
    });
  });

  it("the destination refuses to go on from the saved state: it goes on at the source", async () => {
    if (!saved) throw new Error("there are no scenarios");
    await inWorld(saved, async (world) => {
      for (let time = 1; time <= 3; time++) world.destination.faults.refuse("domainRestoreFlags", "operationFailed", time);
      await expectStay(world, /planned failure of domainRestoreFlags/);
    });
  });

  it("the destination loses it after the handover, before it went on: it is taken from its state once more", async () => {
    if (!saved) throw new Error("there are no scenarios");
    await inWorld(saved, async (world) => {
      world.source.faults.hook("domainUndefineFlags", () => world.destination.crashGuest(world.uuid));
      await world.run();
      await world.recover();
      await assertColdEnd(world, "moved");
    });
  });
});
