import type { GuestDisk, GuestSummary, HostPorts, VolumeFacts } from "@ferry/core";
import { beforeEach, expect, it } from "vitest";
import { withChainFromHeaders } from "../src/check/chain-from-headers.ts";
import { guest, guestDisk, pool, volume } from "./support/move-facts.ts";

const TOP = "/images/lm001.qcow2";
const MIDDLE = "/images/middle.qcow2";
const BASE = "/base/debian.img";
const pools = [pool(), pool({ name: "base", path: "/base" }), pool({ name: "lvm", type: "logical", path: "/dev/vg" })];

/** A header that names a layer and its format. */
function header(name: string | null, format: string | null): Buffer {
  const head = Buffer.alloc(512);
  head.writeUInt32BE(0x514649fb, 0);
  head.writeUInt32BE(3, 4);
  head.writeUInt32BE(16, 20);
  head.writeBigUInt64BE(1n << 30n, 24);
  head.writeUInt32BE(112, 100);
  if (format !== null) {
    head.writeUInt32BE(0xe2792aca, 112);
    head.writeUInt32BE(format.length, 116);
    head.write(format, 120);
  }
  if (name !== null) {
    head.writeBigUInt64BE(300n, 8);
    head.writeUInt32BE(name.length, 16);
    head.write(name, 300);
  }
  return head;
}

interface File {
  readonly head: Buffer;
  /** The layer below, as libvirt reads it. */
  readonly below: string | null;
}

let files: Record<string, File>;
let guests: GuestSummary[];
beforeEach(() => {
  guests = [];
  files = {
    [TOP]: { head: header(MIDDLE, "qcow2"), below: MIDDLE },
    [MIDDLE]: { head: header(BASE, "raw"), below: BASE },
    [BASE]: { head: Buffer.alloc(512), below: null },
  };
});

const host = (): HostPorts => {
  const volumeAt = async (path: string): Promise<VolumeFacts | null> => {
    const file = files[path];
    return file ? volume(path, { backing: file.below === null ? null : { path: file.below, format: "raw" } }) : null;
  };
  const storage = {
    volumeAt,
    download: async function* (path: string) {
      yield files[path]?.head ?? Buffer.alloc(0);
    },
  };
  return { storage, hypervisor: { guests: async () => guests } } as unknown as HostPorts;
};
const chainOf = async (change: Partial<GuestDisk> = {}) => (await withChainFromHeaders(guestDisk(change), host(), pools)).backing;
const owner = (path: string): GuestSummary => ({
  definition: guest({ disks: [guestDisk({ source: { type: "file", path } })] }),
  state: "shutoff",
  reason: "other",
  persistent: true,
});

it("takes the chain from the headers, nearest layer first", async () => {
  expect(await chainOf()).toEqual([
    { path: MIDDLE, format: "qcow2" },
    { path: BASE, format: "raw" },
  ]);
});

it("takes a layer that is named from the image's directory", async () => {
  files[TOP] = { head: header("../base/debian.img", "raw"), below: BASE };
  expect(await chainOf()).toEqual([{ path: BASE, format: "raw" }]);
});

it.each<[string, Partial<GuestDisk>]>([
  ["declares a chain itself", { backing: [{ path: "/base/other", format: "raw" }] }],
  ["says that it has none", { chainEnds: true }],
  ["is raw, whatever its guest has written at its beginning", { format: "raw" }],
])("leaves a disk alone that %s", async (_, change) => {
  const disk = guestDisk(change);
  expect(await withChainFromHeaders(disk, host(), pools)).toBe(disk);
});

it.each<[string, () => void]>([
  ["a layer outside of every pool", () => (files[TOP] = { head: header("/etc/shadow", "raw"), below: "/etc/shadow" })],
  [
    "a layer in a pool of devices",
    () => {
      files[TOP] = { head: header("/dev/vg/root", "raw"), below: "/dev/vg/root" };
      files["/dev/vg/root"] = { head: Buffer.alloc(512), below: null };
    },
  ],
  ["a layer that is no volume", () => delete files[MIDDLE]],
  ["a layer whose format the header does not tell", () => (files[TOP] = { head: header(MIDDLE, null), below: MIDDLE })],
  ["a format in which a file names others", () => (files[TOP] = { head: header(MIDDLE, "vmdk"), below: MIDDLE })],
  ["another layer than libvirt reads", () => (files[TOP] = { head: header(BASE, "raw"), below: MIDDLE })],
  [
    "a path with steps back to the pool's outside",
    () => (files[TOP] = { head: header("/images/../etc/x", "raw"), below: "/images/../etc/x" }),
  ],
  ["a lower layer that names a file outside", () => (files[MIDDLE] = { head: header("/etc/shadow", "raw"), below: "/etc/shadow" })],
  ["a chain without end", () => (files[MIDDLE] = { head: header(TOP, "qcow2"), below: TOP })],
  ["a lower layer of which no header is to be had", () => (files[MIDDLE] = { head: Buffer.alloc(0), below: null })],
  ["another guest's disk as a layer", () => guests.push(owner(MIDDLE))],
  ["another guest's disk as a lower layer", () => guests.push(owner(BASE))],
])("does not believe a header that names %s", async (_, craft) => {
  craft();
  expect(await chainOf()).toEqual([]);
});
