import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { restoreLink, setLinkRate, tryExecOn, virsh, whereIs } from "../lab/index.ts";
import { startMove, untilCopied } from "./support/moves.ts";
import type { MovingGuest } from "./support/moving-guest.ts";
import { assertInside } from "./support/truth.ts";
import { World } from "./support/world.ts";

const ENDS_WITHIN_MS = 120_000;

const NAMESAKE = "7d8f1c5e-5a0b-4f1e-9a54-0f4a8b9f2c11";

/** A guest that is off and has a disk of that path. */
const namesakeXml = (path: string): string =>
  `<domain type='qemu'><name>namesake</name><uuid>${NAMESAKE}</uuid><memory unit='KiB'>65536</memory><vcpu>1</vcpu><os><type arch='x86_64'>hvm</type></os><devices><disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${path}'/><target dev='vda' bus='virtio'/></disk></devices></domain>`;

describe("what is done to a server where it is", () => {
  let world: World;
  let guest: MovingGuest;

  beforeAll(async () => {
    world = await World.open();
    guest = await world.startGuest({ name: "lifecycle", host: "compute1" });
  });

  afterAll(() => World.close(world));

  test("the flavor of an adopted server tells the size of its root disk", async () => {
    const { api } = world.stack;
    const size = async (): Promise<number | null> => {
      const { server } = (await api.ok("GET", `/v2.1/servers/${guest.id}`, undefined, "2.47")).body as {
        server: { flavor: { disk: number } };
      };
      return server.flavor.disk > 0 ? server.flavor.disk : null;
    };
    const info = await virsh(world.host("compute1"), ["domblkinfo", guest.name, "vda"]);
    const bytes = Number(/Capacity:\s+(\d+)/.exec(info)?.[1]);
    expect(await api.until("the size is known", size, ENDS_WITHIN_MS)).toBe(Math.ceil(bytes / 2 ** 30));
  });

  test("diagnostics are what its libvirt counts, and its cards are those of its definition", async () => {
    const { api } = world.stack;
    const host = world.host("compute1");
    const { body } = await api.ok("GET", `/v2.1/servers/${guest.id}/diagnostics`, undefined, "2.48");
    const { nic_details: cards, ...told } = body as { nic_details: { mac_address: string; rx_octets: number }[] };
    const maximumKiB = Number(/Max memory:\s+(\d+)/.exec(await virsh(host, ["dominfo", guest.name]))?.[1]);
    expect(told).toMatchObject({ state: "running", driver: "libvirt", memory_details: { maximum: Math.floor(maximumKiB / 1024) } });
    const macs = (await virsh(host, ["domiflist", guest.name])).match(/[0-9a-f]{2}(:[0-9a-f]{2}){5}/g);
    expect(cards.map((card) => card.mac_address)).toEqual(macs);
    expect(cards[0]?.rx_octets).toBeGreaterThan(0);

    const named = (await api.ok("GET", `/v2.1/servers/${guest.id}/diagnostics`, undefined, "2.1")).body as Record<string, number>;
    expect(named["cpu0_time"]).toBeGreaterThan(0);
    const stats = await virsh(host, ["domblkstat", guest.name, "vda"]);
    expect(named["vda_read"]).toBeLessThanOrEqual(Number(/rd_bytes (\d+)/.exec(stats)?.[1]));
    expect(named["vda_read"]).toBeGreaterThan(0);

    const { interfaceAttachments } = (await api.ok("GET", `/v2.1/servers/${guest.id}/os-interface`)).body as {
      interfaceAttachments: { mac_addr: string }[];
    };
    expect(interfaceAttachments.map((card) => card.mac_addr)).toEqual(macs);
  });

  test("pause holds the guest in its memory, unpause lets it go on", async () => {
    await done(guest, { pause: null });
    await expectShown(guest, "PAUSED", "paused");
    await done(guest, { unpause: null });
    await expectShown(guest, "ACTIVE", "running");
    await assertInside(guest);
  });

  test("suspend writes the guest's memory away, resume goes on from there: counter, records and pattern are whole", async () => {
    await done(guest, { suspend: null });
    await expectShown(guest, "SUSPENDED", "shut off");
    await sleep(3000);
    await expectShown(guest, "SUSPENDED", "shut off");
    await done(guest, { resume: null });
    await expectShown(guest, "ACTIVE", "running");
    await assertInside(guest);
  });

  test("stop shuts the guest down, start boots it: every record that it wrote is there", async () => {
    await done(guest, { "os-stop": null });
    await expectShown(guest, "SHUTOFF", "shut off");
    await done(guest, { "os-start": null });
    await expectShown(guest, "ACTIVE", "running");
    await expectRebooted(guest);
  });

  test.each(["SOFT", "HARD"])("reboot of type %s boots the guest once, and its records are there", async (type) => {
    await done(guest, { reboot: { type } });
    await expectShown(guest, "ACTIVE", "running");
    await expectRebooted(guest);
  });

  test("a hard reboot takes a suspended guest out of its saved memory", async () => {
    await done(guest, { suspend: null });
    await done(guest, { reboot: { type: "HARD" } });
    await expectShown(guest, "ACTIVE", "running");
    await expectRebooted(guest);
  });

  test.each([
    ["suspend", { suspend: null }, 150, "SUSPENDED", "shut off"],
    ["resume", { resume: null }, 100, "ACTIVE", "running"],
    ["soft reboot", { reboot: { type: "SOFT" } }, 400, "ACTIVE", "running"],
  ])("a %s whose worker is killed in the middle is brought to its end by the next one", async (_name, body, afterMs, status, state) => {
    const request = await ask(guest, body);
    await sleep(afterMs);
    await world.stack.end("worker", "SIGKILL");
    await world.stack.startProcess("worker");
    expect(await outcomeOf(guest, request)).toEqual({ result: "Success", details: null });
    await expectShown(guest, status, state);
    if (state === "running") guest.last = await guest.inside.verify();
  });

  test("while a server moves it is refused with 409, and done after the move", async () => {
    await setLinkRate(world.lab, world.host("compute1"), "160mbit");
    const path = await startMove(world, guest);
    const refused = await world.stack.api.request("POST", `/v2.1/servers/${guest.id}/action`, { "os-stop": null });
    expect(refused.status).toBe(409);
    expect(JSON.stringify(refused.body)).toContain("task_state migrating");
    await restoreLink(world.lab, world.host("compute1"));
    await untilActive(guest);
    guest.at = "compute2";
    await done(guest, { reboot: { type: "HARD" } });
    expect(await world.stack.api.untilEnded(path)).toMatchObject({ status: "completed" });
    await expectShown(guest, "ACTIVE", "running");
    await expectRebooted(guest);
  });

  test("delete leaves nothing of the guest, on the host to which it was moved and on the other one", async () => {
    await destroyed(guest);
    world.guests.splice(world.guests.indexOf(guest), 1);
    await world.expectTidyHosts(10_000);
  });

  test("delete takes the server's disk although a server on the other host has one of the same path, which stays", async () => {
    const twin = await world.startGuest({ name: "twin", host: "compute1" });
    const [here, there] = [world.host("compute1"), world.host("compute2")];
    await there.exec(["truncate", "-s", "1M", twin.diskPath]);
    await virsh(there, ["pool-refresh", "default"]);
    await virsh(there, ["define", "/dev/stdin"], namesakeXml(twin.diskPath));
    const isKnown = async (): Promise<true | null> =>
      (await world.stack.api.request("GET", `/v2.1/servers/${NAMESAKE}`)).status === 200 ? true : null;
    await world.stack.api.until("the namesake is adopted", isKnown, ENDS_WITHIN_MS);
    await destroyed(twin);
    world.guests.splice(world.guests.indexOf(twin), 1);
    expect((await tryExecOn(here, ["stat", twin.diskPath])).code).not.toBe(0);
    expect((await tryExecOn(there, ["stat", twin.diskPath])).code).toBe(0);
    await virsh(there, ["undefine", NAMESAKE]);
    await there.exec(["rm", twin.diskPath]);
    await virsh(there, ["pool-refresh", "default"]);
    await world.expectTidyHosts(10_000);
  });

  test("a server that is on its way is deleted too: the move is given up first", async () => {
    const doomed = await world.startGuest({ name: "doomed", host: "compute1", dataMiB: 64 });
    await setLinkRate(world.lab, world.host("compute1"), "80mbit");
    const path = await startMove(world, doomed);
    await untilCopied(world, doomed, path, "diskBytes");
    await destroyed(doomed);
    await restoreLink(world.lab, world.host("compute1"));
    world.guests.splice(world.guests.indexOf(doomed), 1);
    expect(await world.stack.api.untilEnded(path)).toMatchObject({ status: "cancelled" });
    await world.expectTidyHosts(10_000);
  });

  /** Asks for the action; returns the id under which the server's actions list it. */
  async function ask({ id }: MovingGuest, body: object): Promise<string> {
    const { headers } = await world.stack.api.ok("POST", `/v2.1/servers/${id}/action`, body);
    return headers.get("x-openstack-request-id") ?? "";
  }

  async function done(who: MovingGuest, body: object): Promise<void> {
    expect(await outcomeOf(who, await ask(who, body))).toEqual({ result: "Success", details: null });
  }

  async function destroyed(who: MovingGuest): Promise<void> {
    const { headers } = await world.stack.api.ok("DELETE", `/v2.1/servers/${who.id}`);
    expect(await outcomeOf(who, headers.get("x-openstack-request-id") ?? "")).toEqual({ result: "Success", details: null });
    expect((await world.stack.api.request("GET", `/v2.1/servers/${who.id}`)).status).toBe(404);
    expect(await whereIs(world.lab, who.name)).toEqual([]);
  }

  /** How the action ended, once it has. */
  async function outcomeOf({ id }: MovingGuest, request: string): Promise<{ result: string; details: string | null }> {
    const path = `/v2.1/servers/${id}/os-instance-actions/${request}`;
    return await world.stack.api.until(
      `action ${request} ends`,
      async () => {
        const { instanceAction } = (await world.stack.api.ok("GET", path, undefined, "2.84")).body as {
          instanceAction: { events: { result: string | null; details: string | null }[] };
        };
        const [event] = instanceAction.events;
        return event?.result ? { result: event.result, details: event.details } : null;
      },
      ENDS_WITHIN_MS,
    );
  }

  /** The API and libvirt agree on how it is. */
  async function expectShown(who: MovingGuest, status: string, state: string): Promise<void> {
    const { server } = (await world.stack.api.ok("GET", `/v2.1/servers/${who.id}`)).body as { server: Record<string, unknown> };
    expect(server).toMatchObject({ status, "OS-EXT-STS:task_state": null, "OS-EXT-SRV-ATTR:host": who.at });
    expect((await whereIs(world.lab, who.name)).map((place) => `${place.host.name}: ${place.state}`)).toEqual([`${who.at}: ${state}`]);
  }

  async function untilActive({ id }: MovingGuest): Promise<void> {
    await world.stack.api.until(
      "the server is ACTIVE again",
      async () => {
        const { server } = (await world.stack.api.ok("GET", `/v2.1/servers/${id}`)).body as { server: { status: string } };
        return server.status === "ACTIVE" ? true : null;
      },
      ENDS_WITHIN_MS,
    );
  }

  /** Booted anew, with everything on the disk that it had been told was safe there. */
  async function expectRebooted(who: MovingGuest): Promise<void> {
    const now = await who.inside.verify();
    expect(now.bootId).not.toBe(who.last.bootId);
    expect(now.records.recovered).toBeGreaterThanOrEqual(who.last.records.written);
    expect(now.records).toMatchObject({ bad: 0, firstBad: 0, errors: 0 });
    who.last = await who.inside.pattern(16);
  }
});
