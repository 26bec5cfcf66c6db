import type { HostPorts } from "@ferry/core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Stack } from "../stack/stack.ts";
import { CONTROL_DOMAIN_MIB, MACHINE_MIB, SHARED_UNIT } from "./config.ts";
import { XenDrivers } from "./drivers.ts";
import { type Beat, countsAnew, countsOn, GUEST, guestXml, lastBeat, startGuest } from "./guest.ts";
import { buildXen, XenLab } from "./lab.ts";
import { MOVE_TIMEOUT_MS, ServerOverApi } from "./server.ts";

const BOOT_TIMEOUT_MS = 400_000;

let lab: XenLab;
let drivers: XenDrivers;
let first: HostPorts;
let second: HostPorts;
/** The first that the guest told of itself: one that is started anew tells another life. */
let start: Beat;

beforeAll(async () => {
  lab = await XenLab.up(await buildXen((sentence) => console.log(sentence)));
  drivers = await XenDrivers.open(lab);
  ({ first, second } = drivers);
}, BOOT_TIMEOUT_MS);

afterAll(async () => {
  await drivers?.hosts.close();
  await lab?.down();
});

/** The guest runs there and nowhere else, in the life that it began with, and counts. */
async function expectOnlyAt(here: HostPorts, away: HostPorts): Promise<void> {
  await countsOn(lab, { ...start, count: (await lastBeat(lab))?.count ?? 0 }, 60_000);
  expect(await here.hypervisor.observe(GUEST.uuid)).toMatchObject({ state: "running", persistent: true, migrationJob: "none" });
  expect(await away.hypervisor.guests()).toEqual([]);
}

describe("a Xen host", () => {
  it("tells its facts, with a uuid of its own and what it can do with a guest that moves", async () => {
    const [one, two] = await Promise.all([first.hypervisor.facts(), second.hypervisor.facts()]);
    expect(one).toMatchObject({ hypervisorType: "Xen", arch: "x86_64", moves: { transports: ["p2p"], copiesDisks: false, aborts: false } });
    expect(one.hostUuid).not.toBe(two.hostUuid);
    expect(one.machines["x86_64/xen"]).toContain("xenpv");
    expect(one.bridges).toContain("xenbr0");
    expect(one.memoryAvailableKiB).toBeGreaterThan(GUEST.memoryMiB * 1024);
    expect(one.memoryAvailableKiB).toBeLessThan((MACHINE_MIB - CONTROL_DOMAIN_MIB) * 1024);
  });

  it("has no guest called Domain-0", async () => {
    expect(await first.hypervisor.guests()).toEqual([]);
  });

  it("knows the shared unit by its world-wide name", async () => {
    const [one, two] = await Promise.all([first.storage.deviceAt(SHARED_UNIT.device), second.storage.deviceAt(SHARED_UNIT.device)]);
    expect(one).toMatchObject({ worldWideId: `naa.${SHARED_UNIT.worldWideName.slice(2)}`, sizeBytes: SHARED_UNIT.bytes });
    expect(two?.worldWideId).toBe(one?.worldWideId);
    expect(two?.kernelId).not.toBe(one?.kernelId);
  });
});

describe("a paravirtual guest", () => {
  beforeAll(async () => {
    start = await startGuest(lab, first.hypervisor);
  }, MOVE_TIMEOUT_MS);

  it("is read without anything that could not move", async () => {
    const live = await first.hypervisor.document(GUEST.uuid, "live");
    expect(live?.definition).toMatchObject({ virtType: "xen", machine: "xenpv", immovable: [], unknownElements: [] });
    expect(live?.definition.disks).toMatchObject([{ target: "xvda", source: { type: "block", path: SHARED_UNIT.device }, cache: "none" }]);
    expect(await first.hypervisor.document(GUEST.uuid, "persistent")).not.toBeNull();
    expect(await first.storage.diskSize(GUEST.uuid, "xvda")).toMatchObject({ capacityBytes: SHARED_UNIT.bytes });
    await expectOnlyAt(first, second);
  });

  it(
    "moves live and counts on; its source keeps a definition until ferry removes it",
    async () => {
      expect(await drivers.transfer(first, second)).toEqual({ kind: "handed-over" });
      expect(await first.hypervisor.observe(GUEST.uuid)).toMatchObject({ state: "shutoff", reason: "migrated", migrationJob: "none" });
      await first.hypervisor.undefine(GUEST.uuid);
      await expectOnlyAt(second, first);
    },
    MOVE_TIMEOUT_MS,
  );

  it(
    "runs on when its destination refuses it, and what libvirt then calls paused is continued",
    async () => {
      const other = guestXml().replace(GUEST.uuid, "7e500000-0000-4000-8000-0000000000b2");
      await first.hypervisor.define(other);
      const outcome = await drivers.transfer(second, first);
      expect(outcome.kind).not.toBe("handed-over");
      await second.hypervisor.resume(GUEST.uuid);
      await first.hypervisor.undefine("7e500000-0000-4000-8000-0000000000b2");
      await expectOnlyAt(second, first);
    },
    MOVE_TIMEOUT_MS,
  );

  it("is paused and continued as often as wanted", async () => {
    for (let time = 0; time < 2; time++) await second.hypervisor.pause(GUEST.uuid);
    expect(await second.hypervisor.observe(GUEST.uuid)).toMatchObject({ state: "paused", reason: "user" });
    for (let time = 0; time < 2; time++) await second.hypervisor.resume(GUEST.uuid);
    await expectOnlyAt(second, first);
  });
});

describe("ferry as a whole", () => {
  let stack: Stack;
  let server: ServerOverApi;

  beforeAll(async () => {
    stack = await Stack.start(lab);
    server = new ServerOverApi(stack, GUEST.uuid);
    for (const { address: host } of [first, second]) {
      const { name, address, port, migrationAddress, uri } = host;
      await stack.api.addHost({ name, address, port, uri, migration_address: migrationAddress });
    }
  }, MOVE_TIMEOUT_MS);
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") console.log((await stack.log("worker")).slice(-8000));
  });
  afterAll(() => stack?.stop());

  it("adopts the guest, and does not take the control domains for servers", async () => {
    const servers = await stack.api.until("ferry shows a server", async () => {
      const found = (await stack.api.ok("GET", "/v2.1/servers/detail?all_tenants=1")).body["servers"] as unknown[];
      return found.length > 0 ? found : null;
    });
    expect(servers).toMatchObject([{ id: GUEST.uuid, name: GUEST.name, status: "ACTIVE" }]);
  });

  it(
    "moves it through Nova's API and leaves nothing of it at its source",
    async () => {
      expect(await server.moveLive(first.address.name)).toMatchObject({
        status: "completed",
        transport: "p2p",
        problem: null,
        pending_work: false,
      });
      await expectOnlyAt(first, second);
      for (const host of lab.hosts) {
        expect((await lab.exec(host, ["ls", "-A", "/root/.ssh"])).stdout).not.toContain("ferry-");
        expect((await lab.exec(host, ["cat", "/root/.ssh/authorized_keys"])).stdout.trim().split("\n")).toHaveLength(1);
      }
    },
    MOVE_TIMEOUT_MS,
  );

  it("refuses the transport that would stop the guest if ferry died, before anything starts", async () => {
    const { status, problem } = await server.moveLive(second.address.name, "direct");
    expect(status).toBe("error");
    expect(problem?.sentence).toContain("The transport direct cannot be used: Xen would stop the server on both hosts");
    await expectOnlyAt(first, second);
  });

  it(
    "sees a move through whose worker died in the middle of it",
    async () => {
      const path = await stack.api.migrate(GUEST.uuid, second.address.name);
      const isCopying = async (): Promise<boolean> => {
        const seen = await first.hypervisor.observe(GUEST.uuid);
        return seen.kind === "present" && seen.migrationJob === "outgoing";
      };
      await stack.api.until("the transfer is under way", async () => (await isCopying()) || null, MOVE_TIMEOUT_MS);
      await stack.end("worker", "SIGKILL");
      await stack.startProcess("worker-2");
      const ended = await stack.api.untilEnded(path, MOVE_TIMEOUT_MS);
      expect(ended).toMatchObject({ status: "completed", problem: null, pending_work: false });
      await expectOnlyAt(second, first);
    },
    MOVE_TIMEOUT_MS,
  );

  it(
    "moves it cold: it is shut down, starts there from the same disk, and its source forgets it",
    async () => {
      const record = await server.moveStill("cold", first.address.name);
      expect(record).toMatchObject({ status: "finished", problem: null });
      start = await countsAnew(lab, start);
      expect(await server.status()).toBe("VERIFY_RESIZE");
      expect(await server.confirm(record)).toMatchObject({ status: "confirmed", problem: null });
      await expectOnlyAt(first, second);
    },
    MOVE_TIMEOUT_MS,
  );

  it(
    "moves its definition while it is off, and starts it there",
    async () => {
      await server.actUntil({ "os-stop": null }, "SHUTOFF");
      const record = await server.moveStill("offline", second.address.name);
      expect(record).toMatchObject({ status: "completed", problem: null, pending_work: false });
      expect(await first.hypervisor.guests()).toEqual([]);
      await server.actUntil({ "os-start": null }, "ACTIVE");
      start = await countsAnew(lab, start);
      await expectOnlyAt(second, first);
    },
    MOVE_TIMEOUT_MS,
  );

  it("refuses to move its saved state, and says what there is instead", async () => {
    const { status, problem, checks } = await server.moveStill("saved", first.address.name);
    expect(status, problem?.sentence).toBe("error");
    expect(checks.find(({ check }) => check === "mode-fits")).toMatchObject({
      sentence: "Xen on xen2 cannot move a server in the mode saved.",
      remedy: "Ask for another mode: live, cold, offline.",
    });
    await expectOnlyAt(second, first);
  });

  it("refuses to move it live while it is paused, which Xen would try in vain", async () => {
    await server.actUntil({ pause: null }, "PAUSED");
    const { status, checks } = await server.moveLive(first.address.name);
    expect(status).toBe("error");
    expect(checks.find(({ check }) => check === "mode-fits")).toMatchObject({
      sentence: "Cannot move server pv1 live: it is paused on xen2, must be running, since Xen has it take part.",
      remedy: "Unpause it first.",
    });
    await server.actUntil({ unpause: null }, "ACTIVE");
    await expectOnlyAt(second, first);
  });
});
