import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type DiskKind, IMAGES_DIR } from "../lab/index.ts";
import { expectRebooted, expectServer, moveStill, places, settle, switchOff, switchOn } from "./support/still-moves.ts";
import { type StoredGuest, startStored } from "./support/storage.ts";
import { assertTruth } from "./support/truth.ts";
import { type HostName, World } from "./support/world.ts";

const NAME = "still";

describe("where the disks are of a server that does not run meanwhile", () => {
  let world: World;
  let stored: StoredGuest | null = null;

  beforeAll(async () => {
    world = await World.open();
  });
  afterEach(async () => {
    await stored?.remove();
    stored = null;
  });
  afterAll(() => World.close(world));

  const start = async (...disks: DiskKind[]) => {
    stored = await startStored(world, { name: NAME, host: "compute1", disks });
    return stored.guest;
  };

  test("offline, on a shared directory: the definition alone changes the host, and the server boots there", async () => {
    const guest = await start("shared");
    await switchOff(world, guest);
    const record = await moveStill(world, guest, "offline", "compute2");
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "completed" });
    expect(await places(world, guest)).toEqual(["compute2: shut off"]);
    await expectServer(world, guest, "SHUTOFF", "compute2");
    guest.at = "compute2";
    await switchOn(world, guest);
    await expectRebooted(guest);
    await assertTruth(world, guest, "compute2");
  });

  test("offline, with a local disk: refused, and told why", async () => {
    const guest = await start("qcow2");
    await switchOff(world, guest);
    const record = await moveStill(world, guest, "offline", "compute2");
    expect(record).toMatchObject({ status: "error" });
    expect(record.problem?.sentence).toContain("An offline move carries no disks, and these are on compute1 alone: vda.");
    expect(await places(world, guest)).toEqual(["compute1: shut off"]);
  });

  test("saved, on a shared directory: nothing but the state is written, and the server goes on", async () => {
    const guest = await start("shared");
    guest.last = await guest.inside.verify();
    const record = await moveStill(world, guest, "saved", "compute2");
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "completed" });
    await assertTruth(world, guest, "compute2");
  });

  test("cold, a raw disk beside a shared one: the copy keeps its holes", async () => {
    const guest = await start("raw", "shared");
    guest.last = await guest.inside.verify();
    const record = await moveStill(world, guest, "cold", "compute2");
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "finished" });
    const [here, there] = [await blocksOf("compute1"), await blocksOf("compute2")];
    expect(there.lengthBytes).toBe(here.lengthBytes);
    expect(there.usedBytes).toBeLessThan(here.usedBytes * 1.1 + 8 * 1024 ** 2);
    expect(await settle(world, guest, "confirmResize", record)).toMatchObject({ status: "confirmed" });
    await expectRebooted(guest);
    await assertTruth(world, guest, "compute2");
  });

  async function blocksOf(host: HostName): Promise<{ lengthBytes: number; usedBytes: number }> {
    const path = `${IMAGES_DIR}/${NAME}.raw`;
    const [length = 0, blocks = 0] = (await world.host(host).exec(["stat", "--format=%s %b", path])).trim().split(" ").map(Number);
    return { lengthBytes: length, usedBytes: blocks * 512 };
  }
});
