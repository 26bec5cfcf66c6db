import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { virsh, whereIs } from "../lab/index.ts";
import type { MigrationRecord } from "../stack/api-client.ts";
import type { MovingGuest } from "./support/moving-guest.ts";
import { untilStatus } from "./support/server.ts";
import { assertInside, assertTruth } from "./support/truth.ts";
import { type HostName, otherHost, World } from "./support/world.ts";

const ENDS_WITHIN_MS = 180_000;
const AT_REST = ["finished", "completed", "confirmed", "reverted", "failed", "cancelled", "error"];

describe("moves of a server that does not run meanwhile", () => {
  let world: World;
  let guest: MovingGuest;

  beforeAll(async () => {
    world = await World.open();
    guest = await world.startGuest({ name: "cold-1", host: "compute1" });
  });

  afterAll(() => World.close(world));

  test("cold: it is shut down, copied and booted there, and the source keeps its disk until that is confirmed", async () => {
    const record = await migrate("cold", "compute2");
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "finished", pending_work: false });
    await expectServer("VERIFY_RESIZE", "compute2");
    expect(await filesOn("compute1")).toContain(`${guest.name}.qcow2`);
    expect(await whereItIs()).toEqual(["compute2: running"]);
    await expectRebooted();

    expect(await settle("confirmResize", 204, record)).toMatchObject({ status: "confirmed" });
    await expectServer("ACTIVE", "compute2");
    expect(await filesOn("compute1")).not.toContain(`${guest.name}.qcow2`);
    await assertTruth(world, guest, "compute2");
  });

  test("cold, and taken back: it goes on at the source with the disk that it left there", async () => {
    const before = guest.last.records.written;
    const record = await migrate("cold", "compute1");
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "finished" });
    expect(await whereItIs()).toEqual(["compute1: running"]);

    expect(await settle("revertResize", 202, record)).toMatchObject({ status: "reverted" });
    await expectServer("ACTIVE", "compute2");
    guest.last = { ...guest.last, records: { ...guest.last.records, written: before } };
    await expectRebooted();
    await assertTruth(world, guest, "compute2");
  });

  test("saved: its running state goes with it, and its program goes on in the same boot", async () => {
    guest.last = await guest.inside.verify();
    const record = await migrate("saved", otherHost(guest.at));
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "completed" });
    await assertTruth(world, guest, otherHost(guest.at));
  });

  test("saved while it is paused: it stays paused, and goes on when it is told to", async () => {
    await virsh(world.host(guest.at), ["suspend", guest.name]);
    guest.domainState = "paused";
    await untilStatus(world, guest, "PAUSED");
    const record = await migrate("saved", otherHost(guest.at));
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "completed" });
    await assertTruth(world, guest, otherHost(guest.at));
    await virsh(world.host(guest.at), ["resume", guest.name]);
    guest.domainState = "running";
    await untilStatus(world, guest, "ACTIVE");
    await assertInside(guest);
  });

  test("cold while it is off: it stays off, its disk is the same bit for bit, and it boots from it", async () => {
    await virsh(world.host(guest.at), ["destroy", guest.name]);
    await untilStatus(world, guest, "SHUTOFF");
    const from = guest.at;
    const to = otherHost(from);
    const sum = await checksum(from);
    const record = await migrate("cold", to);
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "finished" });
    expect(await whereItIs()).toEqual([`${to}: shut off`]);
    expect(await checksum(to)).toBe(sum);
    expect(await settle("confirmResize", 204, record)).toMatchObject({ status: "confirmed" });
    await expectServer("SHUTOFF", to);
    guest.at = to;
    await virsh(world.host(to), ["start", guest.name]);
    await untilStatus(world, guest, "ACTIVE");
    await expectRebooted();
    await assertTruth(world, guest, to);
  });

  test.each(["stop-at-source", "copy-disks", "hand-over", "withdraw-source-definition", "continue-at-destination"])(
    "saved, and the worker is killed after the effect of %s: the next one brings the running state to its end",
    async (step) => {
      guest.last = await guest.inside.verify();
      await world.stack.end("worker", "SIGTERM");
      await world.stack.startProcess("worker", { FERRY_FAULT: `after:${step}` });
      const path = await ask("saved", otherHost(guest.at));
      await world.stack.ended("worker", ENDS_WITHIN_MS);
      await world.stack.startProcess("worker");
      expect(await atRest(path)).toMatchObject({ status: "completed" });
      await assertTruth(world, guest, otherHost(guest.at));
    },
  );

  async function ask(mode: "cold" | "saved", host: HostName): Promise<string> {
    const body = { migrate: { host } };
    const { headers } = await world.stack.api.ok("POST", `/v2.1/servers/${guest.id}/action`, body, "2.56", { "X-Ferry-Mode": mode });
    return new URL(headers.get("location") ?? "").pathname;
  }

  const migrate = async (mode: "cold" | "saved", host: HostName): Promise<MigrationRecord> => atRest(await ask(mode, host));

  async function settle(verdict: "confirmResize" | "revertResize", status: number, { id }: MigrationRecord): Promise<MigrationRecord> {
    const answer = await world.stack.api.request("POST", `/v2.1/servers/${guest.id}/action`, { [verdict]: null });
    expect(answer.status).toBe(status);
    return atRest(`/ferry/v1/migrations/${id}`);
  }

  function atRest(path: string): Promise<MigrationRecord> {
    const { api } = world.stack;
    return api.until(
      `the migration ${path} is at rest`,
      async () => {
        const record = await api.migration(path);
        return AT_REST.includes(record.status) ? record : null;
      },
      ENDS_WITHIN_MS,
    );
  }

  async function expectServer(status: string, host: HostName): Promise<void> {
    const { server } = (await world.stack.api.ok("GET", `/v2.1/servers/${guest.id}`)).body as { server: Record<string, unknown> };
    expect(server).toMatchObject({ status, "OS-EXT-SRV-ATTR:host": host, "OS-EXT-STS:task_state": null });
  }

  /** Booted anew, with everything on the disk that it had been told was safe there. */
  async function expectRebooted(): Promise<void> {
    const now = await guest.inside.verify();
    expect(now.bootId).not.toBe(guest.last.bootId);
    expect(now.records.recovered).toBeGreaterThanOrEqual(guest.last.records.written);
    expect(now.records).toMatchObject({ bad: 0, firstBad: 0, errors: 0 });
    guest.last = await guest.inside.pattern(16);
  }

  async function whereItIs(): Promise<string[]> {
    return (await whereIs(world.lab, guest.name)).map(({ host, state }) => `${host.name}: ${state}`);
  }

  async function filesOn(host: HostName): Promise<string[]> {
    return (await world.host(host).exec(["ls", "/var/lib/libvirt/images"])).split("\n");
  }

  async function checksum(host: HostName): Promise<string> {
    return (await world.host(host).exec(["sha256sum", guest.diskPath])).split(" ")[0] ?? "";
  }
});
