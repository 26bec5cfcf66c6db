import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { move } from "./support/moves.ts";
import type { MovingGuest } from "./support/moving-guest.ts";
import { expectRebooted, moveStill, settle, switchOff, switchOn } from "./support/still-moves.ts";
import { assertTruth } from "./support/truth.ts";
import { type HostName, World } from "./support/world.ts";

const IMAGES = "/var/lib/libvirt/images";

interface ImageInfo {
  readonly filename: string;
  readonly format: string;
  readonly "virtual-size": number;
  readonly "actual-size": number;
  readonly "full-backing-filename"?: string;
  readonly "backing-filename-format"?: string;
}

describe("guests whose disks stand on one base image", () => {
  let world: World;
  let first: MovingGuest;
  let second: MovingGuest;
  let base: string;

  beforeAll(async () => {
    world = await World.open();
    first = await world.startGuest({ name: "overlay-1", host: "compute1", overlay: true });
    second = await world.startGuest({ name: "overlay-2", host: "compute1", overlay: true });
    base = (await chain("compute1", first))[1]?.filename ?? "";
  });

  afterAll(() => World.close(world));

  test("the first brings the base, and copies only its own layer, which stays thin", async () => {
    expect(base).toMatch(/lab-base-/);
    const before = await chain("compute1", first);
    const record = await move(world, first, { transport: "p2p" });
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "completed" });
    world.expectAlso("compute2", `volumes: ${base}`);
    await assertTruth(world, first, "compute2");

    const after = await chain("compute2", first);
    expect(after.map(({ filename, format }) => ({ filename, format }))).toEqual(
      before.map(({ filename, format }) => ({ filename, format })),
    );
    expect(after[0]).toMatchObject({
      "full-backing-filename": base,
      "backing-filename-format": "qcow2",
      "virtual-size": before[0]?.["virtual-size"],
    });
    expect(await sumOf("compute2", base)).toBe(await sumOf("compute1", base));
    const [layer, whole] = [after[0]?.["actual-size"] ?? Infinity, before[1]?.["actual-size"] ?? 0];
    expect(layer, "bytes that the layer takes").toBeLessThan(whole / 2);
    expect(record.summary?.disk_bytes ?? Infinity, "disk bytes sent in the transfer").toBeLessThan(whole / 2);
  });

  test("the second finds the base there and does not bring it again", async () => {
    const before = await identityOf("compute2", base);
    const record = await move(world, second, { transport: "direct" });
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "completed" });
    await assertTruth(world, second, "compute2");
    expect(await identityOf("compute2", base)).toBe(before);
  });

  test("both go home, where the base still is", async () => {
    const before = await identityOf("compute1", base);
    for (const guest of [first, second]) {
      expect(await move(world, guest)).toMatchObject({ status: "completed" });
      await assertTruth(world, guest, "compute1");
    }
    expect(await identityOf("compute1", base)).toBe(before);
  });

  test("one that is off moves cold with its chain, which only the headers of its images tell", async () => {
    await switchOff(world, second);
    const before = await chain("compute1", second);
    const record = await moveStill(world, second, "cold", "compute2");
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "finished" });
    world.expectAlso("compute2", `volumes: ${base}`);
    expect(await sumOf("compute2", base)).toBe(await sumOf("compute1", base));
    const names = (images: ImageInfo[]) => images.map(({ filename, format }) => ({ filename, format }));
    expect(names(await chain("compute2", second))).toEqual(names(before));
    expect(await settle(world, second, "confirmResize", record)).toMatchObject({ status: "confirmed" });
    second.at = "compute2";
    await switchOn(world, second);
    await expectRebooted(second);
    await assertTruth(world, second, "compute2");
  });

  test("one whose header was made to name a file of the host does not move, and nothing of that file is read", async () => {
    await switchOff(world, first);
    const rebase = (to: string, format: string) =>
      world.host("compute1").exec(["qemu-img", "rebase", "-u", "-f", "qcow2", "-b", to, "-F", format, first.diskPath]);
    await rebase("/etc/passwd", "raw");
    const record = await moveStill(world, first, "cold", "compute2");
    expect(["failed", "error"]).toContain(record.status);
    expect(record.problem?.sentence).toMatch(/names \/etc\/passwd, which its definition does not declare/);
    await rebase(base, "qcow2");
    await switchOn(world, first);
    await expectRebooted(first);
    await assertTruth(world, first, "compute1");
  });

  async function chain(host: HostName, guest: MovingGuest): Promise<ImageInfo[]> {
    const command = ["qemu-img", "info", "-U", "--output=json", "--backing-chain", "-f", "qcow2", `${IMAGES}/${guest.name}.qcow2`];
    return JSON.parse(await world.host(host).exec(command)) as ImageInfo[];
  }

  async function sumOf(host: HostName, path: string): Promise<string> {
    return (await world.host(host).exec(["sha256sum", path])).split(" ")[0] ?? "";
  }

  /** Inode, size and time of the last change of content: a file that was written again differs. */
  async function identityOf(host: HostName, path: string): Promise<string> {
    return (await world.host(host).exec(["stat", "--format=%i %s %Y", path])).trim();
  }
});
