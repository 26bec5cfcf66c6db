import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { virsh } from "../lab/index.ts";
import type { MovingGuest } from "./support/moving-guest.ts";
import { untilStatus } from "./support/server.ts";
import { askStill, atRest, expectRebooted, expectServer, moveStill, places, settle, switchOff, switchOn } from "./support/still-moves.ts";
import { assertInside, assertTruth } from "./support/truth.ts";
import { type HostName, otherHost, World } from "./support/world.ts";

const ENDS_WITHIN_MS = 180_000;

describe("moves of a server that does not run meanwhile", () => {
  let world: World;
  let guest: MovingGuest;

  beforeAll(async () => {
    world = await World.open();
    guest = await world.startGuest({ name: "cold-1", host: "compute1" });
  });

  afterAll(() => World.close(world));

  test("cold: it is shut down, copied and booted there, and the source keeps its disk until that is confirmed", async () => {
    const record = await moveStill(world, guest, "cold", "compute2");
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "finished", pending_work: false });
    expect(record.summary?.downtime_ms ?? 0).toBeGreaterThan(0);
    expect(record.progress?.disk_total_bytes ?? 0).toBeGreaterThan(0);
    expect(record.progress).toMatchObject({ step: "copy-disks", disk_remaining_bytes: 0 });
    await expectServer(world, guest, "VERIFY_RESIZE", "compute2");
    expect(await filesOn("compute1")).toContain(`${guest.name}.qcow2`);
    expect(await places(world, guest)).toEqual(["compute2: running"]);
    await expectRebooted(guest);

    expect(await settle(world, guest, "confirmResize", record)).toMatchObject({ status: "confirmed" });
    await expectServer(world, guest, "ACTIVE", "compute2");
    expect(await filesOn("compute1")).not.toContain(`${guest.name}.qcow2`);
    await assertTruth(world, guest, "compute2");
  });

  test("cold, and taken back: it goes on at the source with the disk that it left there", async () => {
    const before = guest.last.records.written;
    const record = await moveStill(world, guest, "cold", "compute1");
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "finished" });
    expect(await places(world, guest)).toEqual(["compute1: running"]);

    expect(await settle(world, guest, "revertResize", record)).toMatchObject({ status: "reverted" });
    await expectServer(world, guest, "ACTIVE", "compute2");
    guest.last = { ...guest.last, records: { ...guest.last.records, written: before } };
    await expectRebooted(guest);
    await assertTruth(world, guest, "compute2");
  });

  test("saved: its running state goes with it, and its program goes on in the same boot", async () => {
    guest.last = await guest.inside.verify();
    const record = await moveStill(world, guest, "saved", otherHost(guest.at));
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "completed" });
    expect(record.summary?.memory_bytes ?? 0).toBeGreaterThan(0);
    await assertTruth(world, guest, otherHost(guest.at));
  });

  test("saved while it is paused: it stays paused, and goes on when it is told to", async () => {
    await virsh(world.host(guest.at), ["suspend", guest.name]);
    guest.domainState = "paused";
    await untilStatus(world, guest, "PAUSED");
    const record = await moveStill(world, guest, "saved", otherHost(guest.at));
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "completed" });
    await assertTruth(world, guest, otherHost(guest.at));
    await virsh(world.host(guest.at), ["resume", guest.name]);
    guest.domainState = "running";
    await untilStatus(world, guest, "ACTIVE");
    await assertInside(guest);
  });

  test("cold while it is off: it stays off, its disk is the same bit for bit, and it boots from it", async () => {
    await switchOff(world, guest);
    const to = otherHost(guest.at);
    const sum = await checksum(guest.at);
    const record = await moveStill(world, guest, "cold", to);
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "finished" });
    expect(await places(world, guest)).toEqual([`${to}: shut off`]);
    expect(await checksum(to)).toBe(sum);
    expect(await settle(world, guest, "confirmResize", record)).toMatchObject({ status: "confirmed" });
    await expectServer(world, guest, "SHUTOFF", to);
    guest.at = to;
    await switchOn(world, guest);
    await expectRebooted(guest);
    await assertTruth(world, guest, to);
  });

  test.each(["stop-at-source", "copy-disks", "hand-over", "withdraw-source-definition", "continue-at-destination"])(
    "saved, and the worker is killed after the effect of %s: the next one brings the running state to its end",
    async (step) => {
      guest.last = await guest.inside.verify();
      await world.stack.end("worker", "SIGTERM");
      await world.stack.startProcess("worker", { FERRY_FAULT: `after:${step}` });
      const path = await askStill(world, guest, "saved", otherHost(guest.at));
      await world.stack.ended("worker", ENDS_WITHIN_MS);
      await world.stack.startProcess("worker");
      expect(await atRest(world, path)).toMatchObject({ status: "completed" });
      await assertTruth(world, guest, otherHost(guest.at));
    },
  );

  test("cold, and somebody starts it at the source and stops it again before the handover: it stays, with what it wrote there", async () => {
    const at = guest.at;
    await world.stack.end("worker", "SIGTERM");
    await world.stack.startProcess("worker", { FERRY_FAULT: "before:hand-over" });
    const path = await askStill(world, guest, "cold", otherHost(at));
    await world.stack.ended("worker", ENDS_WITHIN_MS);
    await virsh(world.host(at), ["start", guest.name]);
    await expectRebooted(guest);
    await virsh(world.host(at), ["destroy", guest.name]);
    await world.stack.startProcess("worker");
    const record = await atRest(world, path);
    expect(record.status).toBe("failed");
    expect(record.problem?.sentence).toMatch(
      /started at its source while it was being moved, and stopped again: its disk vda was written to/,
    );
    await expectServer(world, guest, "ACTIVE", at);
    await expectRebooted(guest);
    await assertTruth(world, guest, at);
  });

  async function filesOn(host: HostName): Promise<string[]> {
    return (await world.host(host).exec(["ls", "/var/lib/libvirt/images"])).split("\n");
  }

  async function checksum(host: HostName): Promise<string> {
    return (await world.host(host).exec(["sha256sum", guest.diskPath])).split(" ")[0] ?? "";
  }
});
