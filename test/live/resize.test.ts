import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { virsh } from "../lab/index.ts";
import type { MigrationRecord } from "../stack/api-client.ts";
import type { MovingGuest } from "./support/moving-guest.ts";
import { atRest, expectRebooted, expectServer, places, settle } from "./support/still-moves.ts";
import { assertTruth } from "./support/truth.ts";
import { type HostName, World } from "./support/world.ts";

const GIB = 1024 ** 3;
const flavor = { name: "resized", id: "resized", ram: 192, vcpus: 2, disk: 3 };

interface Size {
  readonly memoryKiB: number;
  readonly vcpus: number;
  /** Of its disk, as the guest sees it. */
  readonly diskBytes: number;
}

describe("a server gets another size", () => {
  let world: World;
  let guest: MovingGuest;
  let before: Size;

  beforeAll(async () => {
    world = await World.open();
    guest = await world.startGuest({ name: "resize-1", host: "compute1" });
    before = await sizeOn("compute1");
    await world.stack.api.ok("POST", "/v2.1/flavors", { flavor });
  });

  afterAll(() => World.close(world));

  test("it boots at another host with the flavor's memory, processors and disk; reverted it is as it was", async () => {
    const written = guest.last.records.written;
    const record = await resize();
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "finished", migration_type: "resize" });
    expect(await places(world, guest)).toEqual(["compute2: running"]);
    expect(await sizeOn("compute2")).toEqual({ memoryKiB: 192 * 1024, vcpus: 2, diskBytes: 3 * GIB });
    await expectRebooted(guest);
    await expectServer(world, guest, "VERIFY_RESIZE", "compute2");

    expect(await settle(world, guest, "revertResize", record)).toMatchObject({ status: "reverted" });
    expect(await sizeOn("compute1")).toEqual(before);
    guest.last = { ...guest.last, records: { ...guest.last.records, written } };
    await expectRebooted(guest);
    await expectServer(world, guest, "ACTIVE", "compute1");
    await assertTruth(world, guest, "compute1");
  });

  test("confirmed it keeps its new size, and the record names the flavor", async () => {
    const record = await resize();
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "finished" });
    expect(await settle(world, guest, "confirmResize", record)).toMatchObject({ status: "confirmed" });
    expect(await sizeOn("compute2")).toEqual({ memoryKiB: 192 * 1024, vcpus: 2, diskBytes: 3 * GIB });
    await expectRebooted(guest);
    const { server } = (await world.stack.api.ok("GET", `/v2.1/servers/${guest.id}`, undefined, "2.47")).body as {
      server: { flavor: object };
    };
    expect(server.flavor).toMatchObject({ original_name: "resized", ram: 192, vcpus: 2, disk: 3 });
    await assertTruth(world, guest, "compute2");
  });

  async function resize(): Promise<MigrationRecord> {
    const { headers } = await world.stack.api.ok("POST", `/v2.1/servers/${guest.id}/action`, { resize: { flavorRef: flavor.id } });
    return atRest(world, new URL(headers.get("location") ?? "").pathname);
  }

  /** As the host's libvirt tells of the guest that runs. */
  async function sizeOn(name: HostName): Promise<Size> {
    const host = world.host(name);
    const [info, disk] = await Promise.all([virsh(host, ["dominfo", guest.name]), virsh(host, ["domblkinfo", guest.name, "vda"])]);
    const numberOf = (text: string, key: string): number => Number(new RegExp(`^${key}:\\s+(\\d+)`, "m").exec(text)?.[1]);
    return {
      memoryKiB: numberOf(info, "Max memory"),
      vcpus: numberOf(info, "CPU\\(s\\)"),
      diskBytes: numberOf(disk, "Capacity"),
    };
  }
});
