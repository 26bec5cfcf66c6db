import { spawn } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  BeatWatch,
  CommandError,
  cutControl,
  cutLink,
  GUEST_FILTER,
  guestFilterXml,
  hostNamed,
  IMAGES_DIR,
  inventory,
  inventoryChanges,
  killLibvirtd,
  killQemu,
  type Lab,
  type LabHost,
  labConfig,
  labDown,
  labStatus,
  labUp,
  linkBytes,
  openLab,
  powerOff,
  powerOn,
  removeGuest,
  restoreControl,
  restoreLink,
  setLinkRate,
  startGuest,
  startLibvirtd,
  tryExecOn,
  virsh,
  waitFor,
  whereIs,
  witness,
} from "../lab/index.ts";
import { exists, identify, isAlive } from "../lab/processes.ts";
import { run, tryRun } from "../lab/run.ts";

const OPTIONS = { name: "lab-test", subnet: "198.18.91.0/24" };
const TIMEOUT_MS = 120_000;

let lab: Lab;
let source: LabHost;
let destination: LabHost;

async function bringUp(): Promise<void> {
  lab = await labUp({ ...OPTIONS, hosts: 2 });
  source = hostNamed(lab, "compute1");
  destination = hostNamed(lab, "compute2");
}

/** What of the lab is seen from outside. */
async function traces(): Promise<string[]> {
  const config = labConfig(OPTIONS);
  const namespaces = (await run(["ip", "netns", "list"])).split("\n").filter((line) => line.startsWith(`ferrylab-${config.name}-`));
  const interfaces = (await run(["ip", "-brief", "link"])).split("\n").filter((line) => line.startsWith(`fl-${config.name}`));
  const mounts = (await readFile("/proc/self/mounts", "utf8")).split("\n").filter((line) => line.includes(config.dir));
  return [...namespaces, ...interfaces, ...mounts, ...((await exists(config.dir)) ? [config.dir] : [])];
}

/** A login from the root namespace, as ferry does it: with the lab's key, the host key pinned. */
async function login(host: LabHost): Promise<number | null> {
  const config = `${lab.config.dir}/ssh/config`;
  const options = ["-o", "ConnectTimeout=2", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes"];
  return (await tryRun(["ssh", "-F", config, ...options, host.name, "true"])).code;
}

/** True when `from` gets through to the other host's SSH port over the migration link. */
async function reaches(from: LabHost, to: LabHost): Promise<boolean> {
  const result = await tryExecOn(from, ["ssh-keyscan", "-T", "2", "-t", "ed25519", to.address]);
  return result.stdout.includes("ssh-ed25519");
}

beforeAll(async () => {
  await labDown(OPTIONS);
  await bringUp();
}, TIMEOUT_MS);

afterAll(async () => {
  await labDown(OPTIONS);
}, TIMEOUT_MS);

describe("hosts", () => {
  test("each has a name, a UUID and a libvirtd of its own, and lets the lab's key in", async () => {
    expect((await source.exec(["hostname"])).trim()).toBe("compute1");
    expect((await destination.exec(["hostname"])).trim()).toBe("compute2");
    expect(await virsh(source, ["capabilities"])).toContain(`<uuid>${source.uuid}</uuid>`);
    expect(source.uuid).not.toBe(destination.uuid);
    expect([await login(source), await login(destination)]).toEqual([0, 0]);
  });

  test("bringing the lab up again returns the same hosts", async () => {
    const again = await labUp({ ...OPTIONS, hosts: 2 });
    expect(again.hosts.map(({ init }) => init)).toEqual(lab.hosts.map(({ init }) => init));
  });

  test("what is written to a host's home is not seen on the other or on the machine", async () => {
    await source.exec(["touch", "/root/.ssh/witness-of-the-test"]);
    expect(await exists("/root/.ssh/witness-of-the-test")).toBe(false);
    expect((await inventory(source)).files).toContain("/root/.ssh/witness-of-the-test");
    expect((await inventory(destination)).files).not.toContain("/root/.ssh/witness-of-the-test");
    await source.exec(["rm", "/root/.ssh/witness-of-the-test"]);
  });

  test("a subnet that this machine routes elsewhere is refused", async () => {
    const other = { name: "lab-overlap", subnet: OPTIONS.subnet };
    await expect(labUp(other)).rejects.toThrow(/set FERRY_LAB_SUBNET/);
    await labDown(other);
  });

  test("a directory that holds something else is neither used nor removed", async () => {
    const dir = join(import.meta.dirname, "../lab/witness");
    const other = { name: "lab-dir", subnet: "198.18.95.0/24", dir };
    await expect(labUp(other)).rejects.toThrow(/set FERRY_LAB_DIR/);
    await labDown(other);
    expect(await exists(join(dir, "main.c"))).toBe(true);
  });
});

describe("links", () => {
  test("a slowed link holds packets back and is free again afterwards", { timeout: TIMEOUT_MS }, async () => {
    await trustEachOther();
    await setLinkRate(lab, source, "20mbit");
    await source.exec(["ssh", destination.address, "cat > /dev/null"], { input: "x".repeat(2 * 1024 * 1024) });
    const held = /overlimits (\d+)/.exec(await source.exec(["tc", "-statistics", "qdisc", "show", "dev", "mig0"]));
    expect(Number(held?.[1])).toBeGreaterThan(0);
    await restoreLink(lab, source);
    expect(await source.exec(["tc", "qdisc", "show", "dev", "mig0"])).not.toContain("tbf");
  });

  test("what is sent by a host's link is counted there, and at the host that receives it", { timeout: TIMEOUT_MS }, async () => {
    await trustEachOther();
    const size = 2 * 1024 * 1024;
    const [sentBefore, receivedBefore] = [await linkBytes(lab, source), await linkBytes(lab, destination)];
    await source.exec(["ssh", destination.address, "cat > /dev/null"], { input: "x".repeat(size) });
    const sent = (await linkBytes(lab, source)).sent - sentBefore.sent;
    const received = (await linkBytes(lab, destination)).received - receivedBefore.received;
    for (const counted of [sent, received]) {
      expect(counted).toBeGreaterThan(size);
      expect(counted).toBeLessThan(size * 1.05);
    }
  });

  test("a cut link parts the hosts and leaves SSH to them", { timeout: TIMEOUT_MS }, async () => {
    await cutLink(lab, destination);
    expect(await reaches(source, destination)).toBe(false);
    expect([await login(source), await login(destination)]).toEqual([0, 0]);
    await restoreLink(lab, destination);
    expect(await reaches(source, destination)).toBe(true);
  });

  test("a cut control link shuts ferry out and leaves the hosts to each other", { timeout: TIMEOUT_MS }, async () => {
    await cutControl(lab, source);
    expect([await login(source), await login(destination)]).toEqual([255, 0]);
    expect(await reaches(source, destination)).toBe(true);
    await restoreControl(lab, source);
    expect(await login(source)).toBe(0);
  });
});

describe("guests", () => {
  test("a guest boots from its own disk, answers, and keeps its records and pattern", { timeout: TIMEOUT_MS }, async () => {
    await startGuest(lab, { host: "compute1", name: "lm001" });
    using inside = await witness(lab, "lm001");
    await inside.pattern(32);
    const status = await inside.verify();
    expect(status.pattern).toEqual({ mib: 32, ok: true });
    expect(status.records).toMatchObject({ bad: 0, errors: 0 });
    expect(status.records.checked).toBeGreaterThan(0);
  });

  test("its nwfilter is in force on the host", async () => {
    expect(await source.exec(["ebtables-save"])).toContain("-s ! 52:54:c6:12:5b:65 -j DROP");
    expect((await inventory(source)).nwfilters).toContain(GUEST_FILTER);
  });

  test("a record damaged on the disk is found", { timeout: TIMEOUT_MS }, async () => {
    await startGuest(lab, { host: "compute1", name: "damaged", memoryMiB: 192 });
    using inside = await witness(lab, "damaged");
    await waitFor(async () => (await inside.status()).records.written > 3, "three records", 10_000);
    // The third record: 48 MiB of boot partition, then slots of 4 KiB.
    const write = `"write -P 0 ${48 * 1024 * 1024 + 2 * 4096} 4096"`;
    const device = "/machine/peripheral/virtio-disk0/virtio-backend";
    await virsh(source, ["qemu-monitor-command", "damaged", "--hmp", `qemu-io -d ${device} ${write}`]);
    expect((await inside.verify()).records).toMatchObject({ bad: 1, firstBad: 3 });
    await removeGuest(lab, "damaged");
  });

  test("an overlay stands on a base image of the same pool", { timeout: TIMEOUT_MS }, async () => {
    await startGuest(lab, { host: "compute1", name: "overlay", overlay: true, memoryMiB: 192 });
    const info = await source.exec(["qemu-img", "info", "-U", "--output=json", `${IMAGES_DIR}/overlay.qcow2`]);
    expect(JSON.parse(info)).toMatchObject({ format: "qcow2", "backing-filename-format": "qcow2" });
    await removeGuest(lab, "overlay");
    expect((await inventory(source)).domains).toEqual(["lm001 running"]);
  });

  test("a guest goes on while libvirtd is dead", { timeout: TIMEOUT_MS }, async () => {
    using inside = await witness(lab, "lm001");
    const before = await inside.status();
    await killLibvirtd(source);
    expect((await labStatus(OPTIONS))[0]).toMatchObject({ running: true, libvirtdAnswers: false });
    const after = await inside.status();
    expect(after.bootId).toBe(before.bootId);
    expect(after.counter).toBeGreaterThan(before.counter);
    await startLibvirtd(source);
    expect(await whereIs(lab, "lm001")).toMatchObject([{ host: { name: "compute1" }, state: "running" }]);
  });

  test("a guest obeys its power button, and a command to reboot", { timeout: TIMEOUT_MS }, async () => {
    await startGuest(lab, { host: "compute2", name: "button", memoryMiB: 192, network: "network", filter: false });
    using inside = await witness(lab, "button");
    const first = await inside.status();
    await inside.send("reboot");
    await waitFor(async () => (await inside.status(60_000)).bootId !== first.bootId, "button to boot again", 60_000);
    await virsh(destination, ["shutdown", "button"]);
    await waitFor(async () => (await whereIs(lab, "button"))[0]?.state === "shut off", "button to be off", 30_000);
    await removeGuest(lab, "button");
  });

  test("the inventory tells what came and what went", { timeout: TIMEOUT_MS }, async () => {
    const before = await inventory(destination);
    await startGuest(lab, { host: "compute2", name: "counted", wait: false });
    await destination.exec(["touch", "/tmp/forgotten"]);
    const changes = inventoryChanges(before, await inventory(destination));
    expect(changes.removed).toEqual([]);
    expect(changes.added).toEqual([
      "domains: counted running",
      `volumes: ${IMAGES_DIR}/counted.qcow2`,
      "nwfilters: lab-guest",
      "files: /tmp/forgotten",
      "taps: tap",
      ...changes.added.filter((line) => line.startsWith("firewall: ")),
      "processes: qemu-system-x86",
    ]);
    await removeGuest(lab, "counted");
    await destination.exec(["rm", "/tmp/forgotten"]);
    expect(inventoryChanges(before, await inventory(destination))).toEqual({ added: ["nwfilters: lab-guest"], removed: [] });
    await virsh(destination, ["nwfilter-undefine", GUEST_FILTER]);
  });

  test("a guest moves with virsh and comes through whole", { timeout: TIMEOUT_MS }, async () => {
    using inside = await witness(lab, "lm001");
    const before = await inside.dirty(10, 16);
    const beats = await BeatWatch.start(inside.address);
    await moveWithVirsh("lm001");
    const report = beats.stop();
    const after = await inside.verify();
    expect(await whereIs(lab, "lm001")).toMatchObject([{ host: { name: "compute2" }, state: "running" }]);
    expect(after).toMatchObject({ bootId: before.bootId, pattern: { ok: true }, records: { bad: 0, errors: 0 } });
    expect(after.counter).toBeGreaterThan(before.counter);
    expect(after.dirty.writtenMiB).toBeGreaterThan(0);
    expect(report.regressions).toBe(0);
    expect(await destination.exec(["ebtables-save"])).toContain("-j DROP");
  });

  test("a killed guest is off, and finds its records when it starts again", { timeout: TIMEOUT_MS }, async () => {
    using inside = await witness(lab, "lm001");
    const before = await inside.status();
    await killQemu(destination, "lm001");
    await waitFor(async () => (await whereIs(lab, "lm001"))[0]?.state === "shut off", "libvirt to see the end of lm001", 10_000);
    await virsh(destination, ["start", "lm001"]);
    const after = await inside.status(60_000);
    expect(after.bootId).not.toBe(before.bootId);
    expect(after.records.recovered).toBeGreaterThanOrEqual(before.records.written);
    expect((await inside.verify()).records.bad).toBe(0);
  });

  test("a host without power is silent, and boots with its guests defined", { timeout: TIMEOUT_MS }, async () => {
    await powerOff(lab, destination);
    expect(await login(destination)).toBe(255);
    destination = await powerOn(lab, destination);
    lab = await openLab(OPTIONS);
    expect(await login(destination)).toBe(0);
    expect(await whereIs(lab, "lm001")).toMatchObject([{ host: { name: "compute2" }, state: "shut off" }]);
    await removeGuest(lab, "lm001");
    expect((await inventory(destination)).volumes).toEqual({});
  });
});

describe("down", () => {
  test("leaves nothing, with guests running", { timeout: TIMEOUT_MS }, async () => {
    await startGuest(lab, { host: "compute1", name: "left", wait: false });
    const inits = lab.hosts.map(({ init }) => init);
    await labDown(OPTIONS);
    expect(await traces()).toEqual([]);
    expect(await Promise.all(inits.map(isAlive))).toEqual([false, false]);
    await labDown(OPTIONS);
  });

  test("finds a lab whose record is lost", { timeout: TIMEOUT_MS }, async () => {
    await bringUp();
    const inits = lab.hosts.map(({ init }) => init);
    await rm(join(lab.config.dir, "state.json"));
    await labDown(OPTIONS);
    expect(await traces()).toEqual([]);
    expect(await Promise.all(inits.map(isAlive))).toEqual([false, false]);
  });

  test("does not kill a process that has got the pid of a host", { timeout: TIMEOUT_MS }, async () => {
    await bringUp();
    const innocent = spawn("sleep", ["60"]);
    const path = join(lab.config.dir, "state.json");
    const state = (await readFile(path, "utf8")).replace(`"pid": ${source.init.pid},`, `"pid": ${innocent.pid},`);
    await writeFile(path, state);
    await labDown(OPTIONS);
    expect(await identify(innocent.pid ?? 0)).toBeDefined();
    innocent.kill("SIGKILL");
    expect(await traces()).toEqual([]);
  });

  test("a host with limited storage fills up", { timeout: TIMEOUT_MS }, async () => {
    const small = await labUp({ ...OPTIONS, hosts: 1, diskLimitsMiB: { compute1: 16 } });
    const write = hostNamed(small, "compute1").exec(["dd", "if=/dev/zero", `of=${IMAGES_DIR}/big`, "bs=1M", "count=32"]);
    await expect(write).rejects.toThrow(CommandError);
    await expect(write).rejects.toThrow(/No space left/);
  });
});

/** Gives both hosts the lab's key and each other's host key, for a move driven by virsh. */
async function trustEachOther(): Promise<void> {
  const key = await readFile(lab.privateKeyPath, "utf8");
  const known = lab.hosts.map(({ address, hostKey }) => `${address} ${hostKey}\n`).join("");
  for (const host of lab.hosts) {
    await host.exec(["install", "-m", "600", "/dev/stdin", "/root/.ssh/id_ed25519"], { input: key });
    await host.exec(["install", "-m", "600", "/dev/stdin", "/root/.ssh/known_hosts"], { input: known });
  }
}

async function moveWithVirsh(name: string): Promise<void> {
  await virsh(destination, ["nwfilter-define", "/dev/stdin"], guestFilterXml());
  await destination.exec(["qemu-img", "create", "-q", "-f", "qcow2", `${IMAGES_DIR}/${name}.qcow2`, "1G"]);
  const flags = ["--live", "--p2p", "--persistent", "--undefinesource", "--copy-storage-all"];
  const uris = [`qemu+ssh://root@${destination.address}/system`, "--migrateuri", `tcp://${destination.address}`];
  await source.exec(["virsh", "migrate", ...flags, name, ...uris], { timeoutMs: TIMEOUT_MS });
  await source.exec(["rm", `${IMAGES_DIR}/${name}.qcow2`]);
}
