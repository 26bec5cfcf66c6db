import { afterAll, afterEach, beforeAll, describe, test } from "vitest";
import { blockDevicePath, type DiskKind, IMAGES_DIR, virsh } from "../lab/index.ts";
import { expectRefusal } from "./support/refusal.ts";
import { untilStatus } from "./support/server.ts";
import { type StoredGuest, startStored } from "./support/storage.ts";
import { assertTruth } from "./support/truth.ts";
import { World } from "./support/world.ts";

const NAME = "stored";

describe("a move that the disks do not allow", () => {
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
  describe("is refused, and then nothing has changed:", () => {
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
