import { readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  BeatWatch,
  blockDevicePath,
  cutStoragePath,
  type DiskKind,
  ensureSharedDirectory,
  guestFilterXml,
  hostNamed,
  IMAGES_DIR,
  type Lab,
  type LabHost,
  labDown,
  labUp,
  openLab,
  pathOn,
  portalAddress,
  powerOff,
  powerOn,
  removeGuest,
  restoreStoragePath,
  SHARED_DIR,
  SWITCH_VLAN,
  startGuest,
  virsh,
  waitFor,
  whereIs,
  witness,
} from "../lab/index.ts";
import { isAlive } from "../lab/processes.ts";
import { run } from "../lab/run.ts";

const OPTIONS = { name: "lab-storage", subnet: "198.18.101.0/24" };
const TIMEOUT_MS = 180_000;
const GUEST = "stored";

let lab: Lab;
let source: LabHost;
let destination: LabHost;

beforeAll(async () => {
  await labDown(OPTIONS);
  lab = await labUp({ ...OPTIONS, hosts: 2 });
  source = hostNamed(lab, "compute1");
  destination = hostNamed(lab, "compute2");
  await virsh(destination, ["nwfilter-define", "/dev/stdin"], guestFilterXml());
}, TIMEOUT_MS);

afterEach(() => removeGuest(lab, GUEST), TIMEOUT_MS);

afterAll(() => labDown(OPTIONS), TIMEOUT_MS);

interface Case {
  readonly disks: readonly DiskKind[];
  /** What virsh is told besides "live, peer to peer, persistent, undefine at the source". */
  readonly flags: readonly string[];
  /** What must be at the destination first. */
  readonly prepare?: () => Promise<void>;
}

const COPY = ["--copy-storage-all"];
const onlyCopy = (...targets: string[]): string[] => [...COPY, "--migrate-disks", targets.join(",")];
const emptyDisk = (name: string, format: string) => async (): Promise<void> => {
  await destination.exec(["qemu-img", "create", "-q", "-f", format, `${IMAGES_DIR}/${name}`, "1G"]);
};

const CASES: readonly Case[] = [
  { disks: ["qcow2"], flags: COPY, prepare: emptyDisk(`${GUEST}.qcow2`, "qcow2") },
  { disks: ["raw"], flags: COPY, prepare: emptyDisk(`${GUEST}.raw`, "raw") },
  { disks: ["overlay"], flags: ["--copy-storage-inc"], prepare: bringOverlay },
  { disks: ["shared"], flags: [] },
  { disks: ["shared-raw"], flags: [] },
  { disks: ["nfs"], flags: [] },
  { disks: ["iscsi"], flags: [] },
  { disks: ["block"], flags: [] },
  { disks: ["shared", "shared-iso"], flags: [] },
  { disks: ["qcow2", "iso"], flags: COPY, prepare: bringDiskAndIso },
  { disks: ["qcow2", "iscsi"], flags: onlyCopy("vda"), prepare: emptyDisk(`${GUEST}.qcow2`, "qcow2") },
  { disks: ["block", "raw"], flags: onlyCopy("vdb"), prepare: emptyDisk(`${GUEST}.vdb.raw`, "raw") },
];

describe("a guest moves by virsh and keeps all that it wrote", () => {
  const titled = CASES.map((move) => ({ ...move, title: [move.disks.join(" and "), ...move.flags].join(" ") }));

  test.each(titled)("$title", { timeout: TIMEOUT_MS }, async ({ disks, flags, prepare }) => {
    await startGuest(lab, { host: "compute1", name: GUEST, memoryMiB: 192, disks });
    await prepare?.();
    await moveAndVerify(flags);
  });

  test("iSCSI, by the other portal of the target, and goes on when the first is cut", { timeout: TIMEOUT_MS }, async () => {
    await startGuest(lab, { host: "compute1", name: GUEST, memoryMiB: 192, disks: ["iscsi"] });
    const xml = await virsh(source, ["dumpxml", "--migratable", "--inactive", GUEST]);
    const other = xml.replace(portalAddress(lab.config.subnet, 1), portalAddress(lab.config.subnet, 2));
    expect(other).not.toBe(xml);
    for (const file of ["live", "persistent"]) await source.exec(["tee", `/tmp/${file}.xml`], { input: other });
    await moveAndVerify(["--xml", "/tmp/live.xml", "--persistent-xml", "/tmp/persistent.xml"]);
    using inside = await witness(lab, GUEST);
    await cutStoragePath(lab, 1);
    const before = await inside.status();
    await waitFor(async () => (await inside.status()).records.written > before.records.written, "a record by the other path", 20_000);
    await restoreStoragePath(lab, 1);
  });
});

describe("the shared directory", () => {
  test("what one host writes, the other reads at once, under a mount that libvirt takes for shared", async () => {
    await ensureSharedDirectory(lab);
    await source.exec(["tee", `${SHARED_DIR}/marker`], { input: "one" });
    expect(await destination.exec(["cat", `${SHARED_DIR}/marker`])).toBe("one");
    await source.exec(["tee", `${SHARED_DIR}/marker`], { input: "two" });
    expect(await destination.exec(["cat", `${SHARED_DIR}/marker`])).toBe("two");
    await destination.exec(["rm", `${SHARED_DIR}/marker`]);
    expect(await source.exec(["ls", SHARED_DIR])).toBe("");
  });

  test("a disk outside of it is taken for local, and not moved without a copy", { timeout: TIMEOUT_MS }, async () => {
    await startGuest(lab, { host: "compute1", name: GUEST, memoryMiB: 192, wait: false });
    await expect(migrate([])).rejects.toThrow(/Migration without shared storage is unsafe/);
  });
});

describe("an Open vSwitch", () => {
  test("carries a guest in its VLAN, and the guest moves with its tag", { timeout: TIMEOUT_MS }, async () => {
    await startGuest(lab, { host: "compute1", name: GUEST, memoryMiB: 192, disks: ["shared"], network: "ovs" });
    await moveAndVerify([]);
    const ports = await destination.exec([
      "ovs-vsctl",
      "--format=csv",
      "--columns=tag",
      "find",
      "port",
      `tag=${SWITCH_VLAN}`,
      "name!=ovsup0",
    ]);
    expect(ports).toContain(String(SWITCH_VLAN));
  });

  test("a guest in another VLAN is not heard", { timeout: TIMEOUT_MS }, async () => {
    await startGuest(lab, { host: "compute1", name: GUEST, memoryMiB: 192, network: "ovs" });
    const port = /vnet\d+/.exec(await virsh(source, ["domiflist", GUEST]))?.[0] ?? "";
    await source.exec(["ovs-vsctl", "set", "port", port, "tag=8"]);
    using inside = await witness(lab, GUEST);
    await expect(inside.status(2_000)).rejects.toThrow(/did not answer/);
    await source.exec(["ovs-vsctl", "set", "port", port, `tag=${SWITCH_VLAN}`]);
    await inside.status();
  });
});

describe("hosts and the storage server", () => {
  test("a device of one name is the same on both hosts, and gone with the guest", { timeout: TIMEOUT_MS }, async () => {
    await startGuest(lab, { host: "compute1", name: GUEST, disks: ["block"], wait: false });
    const path = blockDevicePath(GUEST);
    const numbers = await Promise.all(lab.hosts.map((host) => host.exec(["stat", "--format=%t:%T", path])));
    expect(numbers[0]).toBe(numbers[1]);
    await removeGuest(lab, GUEST);
    for (const host of lab.hosts) await expect(host.exec(["stat", path])).rejects.toThrow(/No such file/);
    expect(await ourLoopDevices()).toEqual([]);
  });

  test("a host that boots again has the shared directory and the devices", { timeout: TIMEOUT_MS }, async () => {
    await startGuest(lab, { host: "compute1", name: GUEST, disks: ["block", "shared"], wait: false });
    await powerOff(lab, destination);
    destination = await powerOn(lab, destination);
    lab = await openLab(OPTIONS);
    expect(await destination.exec(["ls", SHARED_DIR])).toBe(`${GUEST}.vdb.qcow2\n`);
    await destination.exec(["stat", blockDevicePath(GUEST)]);
  });

  test("down leaves no device, no mount and no process", { timeout: TIMEOUT_MS }, async () => {
    await startGuest(lab, { host: "compute1", name: GUEST, disks: ["block", "iscsi", "nfs"], wait: false });
    const state = JSON.parse(await readFile(`${lab.config.dir}/state.json`, "utf8")) as {
      storage: { init: { pid: number; startTicks: number } };
    };
    expect(await isAlive(state.storage.init)).toBe(true);
    await labDown(OPTIONS);
    expect(await isAlive(state.storage.init)).toBe(false);
    expect(await ourLoopDevices()).toEqual([]);
    expect(await run(["ip", "netns", "list"])).not.toContain(`ferrylab-${OPTIONS.name}-`);
    expect(await readFile("/proc/self/mounts", "utf8")).not.toContain(lab.config.dir);
    lab = await labUp({ ...OPTIONS, hosts: 2 });
  });
});

async function bringOverlay(): Promise<void> {
  const path = `${IMAGES_DIR}/${GUEST}.qcow2`;
  const info = JSON.parse(await source.exec(["qemu-img", "info", "-U", "--output=json", path])) as { "backing-filename": string };
  const base = info["backing-filename"];
  await run(["cp", "--sparse=always", "--", pathOn(source, base), pathOn(destination, base)]);
  await destination.exec(["qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", base, path]);
}

async function bringDiskAndIso(): Promise<void> {
  const iso = `${IMAGES_DIR}/${GUEST}.vdb.iso`;
  await run(["cp", "--", pathOn(source, iso), pathOn(destination, iso)]);
  await emptyDisk(`${GUEST}.qcow2`, "qcow2")();
}

async function migrate(flags: readonly string[]): Promise<void> {
  const always = ["--live", "--p2p", "--persistent", "--undefinesource"];
  const uris = [`qemu+tcp://${destination.address}/system`, "--migrateuri", `tcp://${destination.address}`];
  await source.exec(["virsh", "migrate", ...always, ...flags, GUEST, ...uris], { timeoutMs: TIMEOUT_MS });
}

/** Moves the guest while it writes, and proves that it is at the destination only, in one piece. */
async function moveAndVerify(flags: readonly string[]): Promise<void> {
  using inside = await witness(lab, GUEST);
  const before = await inside.dirty(10, 16);
  const beats = await BeatWatch.start(inside.address);
  await migrate(flags);
  const { regressions } = beats.stop();
  const after = await inside.verify();
  expect(await whereIs(lab, GUEST)).toMatchObject([{ host: { name: "compute2" }, state: "running" }]);
  expect(after).toMatchObject({ bootId: before.bootId, pattern: { ok: true }, records: { bad: 0, errors: 0 } });
  expect(after.counter).toBeGreaterThan(before.counter);
  expect(after.records.written).toBeGreaterThan(before.records.written);
  expect(after.records.checked).toBeGreaterThanOrEqual(before.records.written);
  expect(regressions).toBe(0);
}

/** Loop devices on this machine whose file is one of the lab's. */
async function ourLoopDevices(): Promise<string[]> {
  return (await run(["losetup", "--list", "--noheadings", "--output", "BACK-FILE"]))
    .split("\n")
    .filter((path) => path.includes(lab.config.dir));
}
