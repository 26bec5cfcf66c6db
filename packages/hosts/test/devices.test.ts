import { SshFileError } from "@ferry/libvirt";
import { expect, it } from "vitest";
import { deviceAt } from "../src/storage/devices.ts";

const AT = "/sys/class/block";
const BOOT = { "/proc/sys/kernel/random/boot_id": "b007\n" };
const problem = (path: string, code: number) => new SshFileError("read", path, Object.assign(new Error("problem"), { code }));

/** Files of a host by path; a directory is what lies below it. Every node in /dev is the block device of its last name. */
const host = (files: Record<string, string | Error>, links: Record<string, string> = {}) => ({
  exec: async ([, , , , path = ""]: readonly string[]) => {
    if (!path.startsWith("/dev/")) return { code: 1, stdout: "" };
    return { code: 0, stdout: path === "/dev/null" ? "21b6 1 3\n" : "61b0 8 1f\n" };
  },
  files: {
    readFile: async (path: string) => {
      const all: Record<string, string | Error> = { ...BOOT, ...files };
      const content = all[path];
      if (content === undefined) throw problem(path, 2);
      if (content instanceof Error) throw content;
      return Buffer.from(content);
    },
    realPath: async (path: string) => links[path] ?? path,
    list: async (path: string) =>
      Object.keys(files)
        .filter((file) => file.startsWith(`${path}/`))
        .map((file) => file.slice(path.length + 1).split("/")[0] ?? ""),
  },
});

/** Where the kernel describes the device of the number that every node here has. */
const isDevice = (name: string) => ({ "/sys/dev/block/8:31": `/sys/devices/pci0/block/${name}` });
const disk = (name: string, more: Record<string, string | Error> = {}) => ({
  [`${AT}/${name}/size`]: "2048\n",
  ...Object.fromEntries(Object.entries(more).map(([file, content]) => [`${AT}/${name}/${file}`, content])),
});

it("tells size, unit and kernel of a disk, whatever its node is called", async () => {
  const files = host(disk("sdb", { "device/wwid": "naa.6001405\n" }), isDevice("sdb"));
  expect(await deviceAt(files, "/dev/mapper/lun0")).toEqual({ sizeBytes: 1024 ** 2, worldWideId: "naa.6001405", kernelId: "b007 8:31" });
});

it.each<[string, string, Record<string, string | Error>, string | null]>([
  ["an NVMe namespace", "nvme0n1", disk("nvme0n1", { wwid: "eui.0025" }), "eui.0025"],
  ["a multipath map", "dm-0", disk("dm-0", { "dm/uuid": "mpath-36001405abc" }), "naa.6001405abc"],
  [
    "a multipath map of a target that makes names up, however good its paths look",
    "dm-0",
    { ...disk("dm-0", { "dm/uuid": "mpath-1IET 00010001", "slaves/sdb/size": "" }), ...disk("sdb", { "device/wwid": "naa.1" }) },
    null,
  ],
  [
    "a logical volume on two units",
    "dm-1",
    {
      ...disk("dm-1", { "dm/uuid": "LVM-abc", "slaves/sdc/size": "", "slaves/sdb/size": "" }),
      ...disk("sdb", { "device/wwid": "naa.1" }),
      ...disk("sdc", { "device/wwid": "naa.2" }),
    },
    "LVM-abc on naa.1, naa.2",
  ],
  [
    "a logical volume on a disk of the host: cloned hosts have volume groups of one name and id",
    "dm-1",
    { ...disk("dm-1", { "dm/uuid": "LVM-abc", "slaves/vda/size": "" }), ...disk("vda") },
    null,
  ],
  ["a virtual disk, whose serial number every other has too", "sda", disk("sda", { "device/wwid": "t10.ATA QEMU HARDDISK QM00001" }), null],
  ["a disk whose driver cannot say", "sda", disk("sda", { "device/wwid": problem("wwid", 4) }), null],
])("knows %s by what is unique in the world", async (_what, name, files, worldWideId) => {
  expect(await deviceAt(host(files, isDevice(name)), "/dev/it")).toMatchObject({ worldWideId });
});

it("knows a partition by its number on its unit", async () => {
  const files = { ...disk("sdb1", { partition: "1" }), ...disk("sdb", { "device/wwid": "naa.1" }) };
  const links = { ...isDevice("sdb1"), [`${AT}/sdb1`]: "/sys/devices/pci0/block/sdb/sdb1" };
  expect(await deviceAt(host(files, links), "/dev/it")).toMatchObject({ worldWideId: "naa.1 partition 1" });
});

it.each(["/dev/null", "/etc/passwd", "/no/such/device"])("says null for %s", async (path) => {
  expect(await deviceAt(host({}), path)).toBeNull();
});

it("does not take a lost connection for an answer", async () => {
  const lost = new SshFileError("read", "x", new Error("No response from server"));
  await expect(deviceAt(host(disk("sdb", { "device/wwid": lost }), isDevice("sdb")), "/dev/it")).rejects.toBe(lost);
});
