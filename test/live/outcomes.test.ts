import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { IMAGES_DIR, trustHosts, virsh } from "../lab/index.ts";
import type { MigrationRecord } from "../stack/api-client.ts";
import { move } from "./support/moves.ts";
import type { MovingGuest } from "./support/moving-guest.ts";
import { reshapeGuest } from "./support/reshape-guest.ts";
import { untilStatus } from "./support/server.ts";
import { places } from "./support/still-moves.ts";
import { startStored } from "./support/storage.ts";
import { assertInside, assertTruth } from "./support/truth.ts";
import { otherHost, World } from "./support/world.ts";

describe("what a live move leaves behind, when it is asked for", () => {
  let world: World;
  let local: MovingGuest;
  let shared: MovingGuest;

  beforeAll(async () => {
    world = await World.open();
    local = (await startStored(world, { name: "outcome-local", host: "compute1", disks: ["qcow2"], filter: false })).guest;
    shared = (await startStored(world, { name: "outcome-shared", host: "compute1", disks: ["shared"], filter: false })).guest;
  });
  afterAll(() => World.close(world));

  const ask = (guest: MovingGuest, headers: Record<string, string>): Promise<MigrationRecord> => move(world, guest, { headers });

  describe("of a server with a local disk:", () => {
    test.each(["p2p", "direct"] as const)(
      "paused: it runs until the handover, arrives held, and goes on when told to (%s)",
      async (transport) => {
        const to = otherHost(local.at);
        const record = await move(world, local, { transport, headers: { "X-Ferry-Leave": "paused" } });
        expectCompleted(record);
        expect(record.virsh).toContain(" --suspend ");
        expect(record.outcome).toMatchObject({ leave: "paused" });
        local.domainState = "paused";
        await assertTruth(world, local, to);
        await goOn(local);
      },
    );

    test("tunnelled: refused, for libvirt copies no disks so", async () => {
      expectRefused(await ask(local, { "X-Ferry-Tunnelled": "true" }), "libvirt copies no disks through a tunnel");
      await assertTruth(world, local, "compute1");
    });

    test("the source keeps its copy, off: the definition, which its host does not start by itself, and the disk", async () => {
      const source = world.host("compute1");
      await virsh(source, ["autostart", local.name]);
      const record = await ask(local, { "X-Ferry-Keep-Source": "true" });
      expectCompleted(record);
      expect(record.virsh).not.toContain("--undefinesource");
      expect(await places(world, local)).toEqual(["compute1: shut off", "compute2: running"]);
      expect(await virsh(source, ["dominfo", local.name])).toMatch(/Autostart:\s+disable/);
      expect(await source.exec(["ls", IMAGES_DIR])).toContain(`${local.name}.qcow2`);
      await virsh(source, ["undefine", local.name]);
      await source.exec(["rm", local.diskPath]);
      await virsh(source, ["pool-refresh", "default"]);
      await assertTruth(world, local, "compute2");
    });
  });

  describe("of a server with a shared disk:", () => {
    test("running, while it is paused: refused, for it would arrive paused", async () => {
      await virsh(world.host("compute1"), ["suspend", "--", shared.name]);
      shared.domainState = "paused";
      await untilStatus(world, shared, "PAUSED");
      expectRefused(await ask(shared, { "X-Ferry-Leave": "running" }), "is paused on compute1 and would arrive paused");
      await assertTruth(world, shared, "compute1");
      await goOn(shared);
    });

    test("a definition at the source: refused, for there must never be two writers", async () => {
      expectRefused(
        await ask(shared, { "X-Ferry-Keep-Source": "true" }),
        "The definition kept on compute1 would open disks that compute2 writes to: vda.",
      );
      await assertTruth(world, shared, "compute1");
    });

    test("tunnelled: the memory goes through the connection of the two libvirts", async () => {
      const record = await ask(shared, { "X-Ferry-Tunnelled": "true" });
      expectCompleted(record);
      expect(record).toMatchObject({ transport: "p2p", virsh: expect.stringContaining(" --tunnelled ") });
      await assertTruth(world, shared, "compute2");
    });

    test("cached by its host: moved with consent only, warned of, and recorded", async () => {
      await reshapeGuest(world, shared, (xml) => xml.replaceAll("cache='none'", "cache='writeback'"));
      expectRefused(await ask(shared, {}), "is on shared storage with cache mode writeback");
      const record = await ask(shared, { "X-Ferry-Unsafe-Cache": "true" });
      expectCompleted(record);
      expect(record.outcome).toMatchObject({ unsafe_cache: true });
      expect(record.checks.find(({ check }) => check === "cache-modes-safe")).toMatchObject({ verdict: "warn" });
      await assertTruth(world, shared, "compute1");
    });
  });

  test.each([
    ["a local disk, driven by its client", () => local, { transport: "direct" }],
    ["a shared disk, driven by the source", () => shared, { transport: "p2p", unsafe_cache: true }],
  ] as const)("the line of virsh that preflight prints makes the same move: %s", async (_, guestOf, asked) => {
    const guest = guestOf();
    const to = otherHost(guest.at);
    await trustHosts(world.lab);
    const { body } = await world.stack.api.ok("POST", `/ferry/v1/servers/${guest.id}/preflight`, { host: to, ...asked });
    const [candidate] = body["candidates"] as { virsh: string }[];
    await world.host(guest.at).exec(candidate?.virsh.split(" ") ?? []);
    expect(await places(world, guest)).toEqual([`${to}: running`]);
    await assertInside(guest);
  });

  async function goOn(guest: MovingGuest): Promise<void> {
    await virsh(world.host(guest.at), ["resume", "--", guest.name]);
    guest.domainState = "running";
    await untilStatus(world, guest, "ACTIVE");
    await assertInside(guest);
  }
});

function expectCompleted(record: MigrationRecord): void {
  expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "completed" });
}

function expectRefused(record: MigrationRecord, sentence: string): void {
  expect(record).toMatchObject({ status: "error", pending_work: false, problem: { sentence: expect.stringContaining(sentence) } });
}
