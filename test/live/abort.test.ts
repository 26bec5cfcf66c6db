import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { restoreLink, setLinkRate } from "../lab/index.ts";
import type { Answer } from "../stack/api-client.ts";
import { startMove, untilCopied } from "./support/moves.ts";
import type { MovingGuest } from "./support/moving-guest.ts";
import { assertRecordedTruth, assertTruth } from "./support/truth.ts";
import { World } from "./support/world.ts";

const transports = ["p2p", "direct"] as const;

describe("aborting a move", () => {
  let world: World;
  let guest: MovingGuest;

  beforeAll(async () => {
    world = await World.open();
    guest = await world.startGuest({ name: "abort", host: "compute1", dataMiB: 64 });
  });

  afterAll(() => World.close(world));

  describe("over a slow link", () => {
    beforeEach(() => setLinkRate(world.lab, world.host("compute1"), "160mbit"));
    afterEach(() => restoreLink(world.lab, world.host("compute1")));

    test.each(transports)("while disks are copied (%s): the guest stays and nothing is left", async (transport) => {
      const path = await startMove(world, guest, { transport });
      await untilCopied(world, guest, path, "diskBytes");
      await expectCancelled(path);
    });

    test.each(transports)("while memory is copied (%s): the guest stays and nothing is left", async (transport) => {
      await guest.inside.dirty(24, 32);
      const path = await startMove(world, guest, { transport });
      await untilCopied(world, guest, path, "memoryBytes", 4 * 2 ** 20);
      await expectCancelled(path);
      await guest.inside.dirty(0, 1);
    });
  });

  test.each([0, 300, 700, 1100, 1500])(
    "%i ms after it was asked for: it ends in one of the two truths, and the record says in which",
    async (delayMs) => {
      const path = await startMove(world, guest);
      await sleep(delayMs);
      const answer = await abort(path);
      expect([202, 400, 404, 409]).toContain(answer.status);
      const record = await world.stack.api.untilEnded(path);
      expect(["cancelled", "completed"]).toContain(record.status);
      if (answer.status !== 202) expect(record.status).toBe("completed");
      await assertRecordedTruth(world, guest, record);
    },
  );

  test("after the handover: it is refused, and the refusal says why", async () => {
    const { stack } = world;
    const to = guest.at === "compute1" ? "compute2" : "compute1";
    await stack.end("worker", "SIGTERM");
    await stack.startProcess("worker", { FERRY_FAULT: "after:record-handover" });
    const path = await startMove(world, guest);
    await stack.ended("worker", 60_000);
    const refused = await abort(path);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(refused.body)).toMatch(/Cannot .*abort/);
    await stack.startProcess("worker");
    expect(await stack.api.untilEnded(path)).toMatchObject({ status: "completed" });
    await assertTruth(world, guest, to);
    const late = await abort(path);
    expect(late.status).toBeGreaterThanOrEqual(400);
    expect(late.status).toBeLessThan(500);
  });

  async function abort(path: string): Promise<Answer> {
    const { number } = await world.stack.api.migration(path);
    return world.stack.api.request("DELETE", `/v2.1/servers/${guest.id}/migrations/${number}`);
  }

  async function expectCancelled(path: string): Promise<void> {
    expect((await abort(path)).status).toBe(202);
    const record = await world.stack.api.untilEnded(path);
    expect(record).toMatchObject({ status: "cancelled", problem: { code: "ABORTED" } });
    await assertTruth(world, guest, guest.at);
  }
});
