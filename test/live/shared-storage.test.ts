import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { blockDevicePath, type DiskKind, ensureSharedDirectory, IMAGES_DIR, SHARED_DIR, virsh } from "../lab/index.ts";
import type { MigrationRecord } from "../stack/api-client.ts";
import { move } from "./support/moves.ts";
import { expectRefusal } from "./support/refusal.ts";
import { untilStatus } from "./support/server.ts";
import { type StoredGuest, startStored } from "./support/storage.ts";
import { assertTruth } from "./support/truth.ts";
import { World } from "./support/world.ts";

const NAME = "stored";
const MIB = 1024 ** 2;

interface Cell {
  readonly disks: readonly DiskKind[];
  /** What the check says of each disk. */
  readonly decisions: readonly RegExp[];
  /** Whether anything crosses the wire but memory. */
  readonly copies: boolean;
}

const marker = /is shared \(compute\d saw a marker that compute\d wrote beside it\)/;
const localFile = /is copied \(a local qcow2 file\)/;

const cells: readonly Cell[] = [
  { disks: ["shared"], decisions: [marker], copies: false },
  { disks: ["shared-raw", "shared-iso"], decisions: [marker, marker], copies: false },
  { disks: ["raw"], decisions: [/is copied \(a local raw file\)/], copies: true },
  { disks: ["qcow2", "iso"], decisions: [localFile, /is brought \(a local read-only image\)/], copies: true },
  { disks: ["qcow2", "shared"], decisions: [localFile, marker], copies: true },
  { disks: ["block"], decisions: [/is shared \(both hosts have it from one kernel\)/], copies: false },
  { disks: ["nfs"], decisions: [/is shared \(compute\d reaches its server at [\d.]+:2049\)/], copies: false },
  { disks: ["iscsi"], decisions: [/is shared \(compute\d reaches its server at [\d.]+:3260\)/], copies: false },
  { disks: ["overlay", "iscsi"], decisions: [/only the layer is copied/, /is shared \(compute\d reaches/], copies: true },
];

describe("where the disks are", () => {
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

  const start = async (disks: readonly DiskKind[]): Promise<StoredGuest> => {
    stored = await startStored(world, { name: NAME, host: "compute1", disks, filter: false });
    return stored;
  };
  const said = (record: MigrationRecord): string => record.checks.find(({ check }) => check === "disks-movable")?.sentence ?? "";

  describe("decides what is done with them, there and back:", () => {
    test.each(cells)("$disks", async ({ disks, decisions, copies }) => {
      const { guest, imageIsOn } = await start(disks);
      const raw = `${IMAGES_DIR}/${NAME}.raw`;
      const rawBytes = disks[0] === "raw" ? await usedBytes("compute1", raw) : 0;
      for (const [to, transport] of [
        ["compute2", "p2p"],
        ["compute1", "direct"],
      ] as const) {
        const record = await move(world, guest, { to, transport });
        expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "completed" });
        for (const decision of decisions) expect(said(record)).toMatch(decision);
        const diskBytes = record.summary?.disk_bytes ?? 0;
        if (copies) expect(diskBytes).toBeGreaterThan(0);
        else expect(diskBytes).toBe(0);
        if (disks.includes("iso")) imageIsOn(to);
        if (disks.includes("overlay")) world.expectAlso(to, `volumes: ${await baseOf(guest.name, to)}`);
        await assertTruth(world, guest, to);
        if (disks[0] === "raw") expect(await usedBytes(to, raw), "a raw disk stays sparse").toBeLessThan(rawBytes + 16 * MIB);
      }
    });
  });

  describe("may be refused, and then nothing has changed:", () => {
    test("a shared disk that its host caches", async () => {
      const { guest } = await start(["shared"]);
      await redefine((xml) => xml.replaceAll("cache='none'", "cache='writeback'"));
      guest.last = await guest.inside.pattern(16);
      await expectRefusal(world, guest, {
        check: "cache-modes-safe",
        sentence: /Disk vda is on shared storage with cache mode writeback/,
        remedy: /cache='none'/,
      });
      await assertTruth(world, guest, "compute1");
    });

    test.each([
      [true, "shared", /Block migration can not be used with shared storage\. Shared: vda/],
      [false, "qcow2", /Shared storage live-migration requires .*\. Local: vda/],
    ] as const)("block_migration %s with a %s disk, in Nova's words", async (blockMigration, kind, sentence) => {
      const { guest } = await start([kind]);
      const body = { "os-migrateLive": { host: "compute2", block_migration: blockMigration } };
      const { headers } = await world.stack.api.ok("POST", `/v2.1/servers/${guest.id}/action`, body);
      const record = await world.stack.api.untilEnded(new URL(headers.get("location") ?? "", world.stack.url).pathname);
      expect(record).toMatchObject({ status: "error", problem: { sentence: expect.stringMatching(sentence) } });
      await assertTruth(world, guest, "compute1");
    });

    test("a device that the destination does not have", async () => {
      const { guest } = await start(["block"]);
      await world.host("compute2").exec(["rm", blockDevicePath(NAME)]);
      await expectRefusal(world, guest, {
        check: "disks-movable",
        sentence: /compute2 has no block device/,
        remedy: /Connect the destination to the same unit/,
      });
      await assertTruth(world, guest, "compute1");
    });

    test("an image whose header names a file of the host: that file is not read, nor brought anywhere", async () => {
      const { guest } = await start(["qcow2"]);
      const host = world.host("compute1");
      const crafted = `${IMAGES_DIR}/${NAME}.vdb.qcow2`;
      await host.exec(["qemu-img", "create", "-q", "-u", "-f", "qcow2", "-F", "raw", "-b", "/etc/passwd", crafted, "16M"]);
      await virsh(host, ["pool-refresh", "default"]);
      world.expectAlso("compute1", `volumes: ${crafted}`);
      const disk = `<disk type='file'><driver name='qemu' type='qcow2' cache='none'/><source file='${crafted}'/><target dev='vdb' bus='virtio'/></disk>`;
      await virsh(host, ["attach-device", "--live", "--config", NAME, "/dev/stdin"], disk);
      await expectRefusal(world, guest, {
        check: "disks-movable",
        sentence: /Disk vdb cannot move: a file of its backing chain lies in no pool of the source/,
        remedy: /flatten the disk/,
      });
      await assertTruth(world, guest, "compute1");
      world.expectNoMore("compute1", `volumes: ${crafted}`);
    });
  });

  test("the shared directory is proven for each move, and no marker is left in it", async () => {
    await ensureSharedDirectory(world.lab);
    const files = await world.host("compute1").exec(["find", SHARED_DIR, "-name", ".ferry*"]);
    expect(files).toBe("");
  });

  async function usedBytes(host: "compute1" | "compute2", path: string): Promise<number> {
    const [blocks = 0, size = 0] = (await world.host(host).exec(["stat", "--format=%b %B", path])).trim().split(" ").map(Number);
    return blocks * size;
  }

  async function baseOf(name: string, host: "compute1" | "compute2"): Promise<string> {
    const info = await world.host(host).exec(["qemu-img", "info", "-U", "--output=json", "-f", "qcow2", `${IMAGES_DIR}/${name}.qcow2`]);
    return (JSON.parse(info) as { "full-backing-filename": string })["full-backing-filename"];
  }

  /** Restarts the guest with a definition that was edited. */
  async function redefine(edit: (xml: string) => string): Promise<void> {
    const host = world.host("compute1");
    const xml = await virsh(host, ["dumpxml", "--inactive", NAME]);
    await virsh(host, ["destroy", NAME]);
    await virsh(host, ["define", "/dev/stdin"], edit(xml));
    await virsh(host, ["start", NAME]);
    const guest = stored?.guest;
    if (guest) await untilStatus(world, guest, "ACTIVE");
  }
});
