import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type HostPorts, type Hosts, type HypervisorEvent, type TransferOutcome, type TransferRequest, whereabouts } from "@ferry/core";
import type { Tap } from "@ferry/hosts";
import { generateSshKeyPair } from "@ferry/libvirt";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  cutControlAtOnce,
  cutLink,
  GUEST_FILTER,
  hostNamed,
  killLibvirtd,
  type Lab,
  type LabHost,
  labDown,
  labUp,
  removeGuest,
  restoreControl,
  restoreLink,
  setLinkRate,
  startGuest,
  startLibvirtd,
  tryExecOn,
  type WitnessClient,
  witness,
} from "../lab/index.ts";
import { cleanUp, driversOf, prepareMove, prepareOverlayMove } from "./support/host-drivers.ts";

const OPTIONS = { name: "lab-hosts", subnet: "198.18.93.0/24" };
const GUEST = "lm001";

let lab: Lab;
let compute: [LabHost, LabHost];
let hosts: Hosts;
let taps: Set<Tap>;
let ports: [HostPorts, HostPorts];
let uuid: string;
let inside: WitnessClient;

beforeAll(async () => {
  await labDown(OPTIONS);
  lab = await labUp({ ...OPTIONS, hosts: 2 });
  compute = [hostNamed(lab, "compute1"), hostNamed(lab, "compute2")];
  await startGuest(lab, { host: "compute1", name: GUEST, dataMiB: 64 });
  inside = await witness(lab, GUEST);
  await inside.pattern(16);
  ({ hosts, taps } = driversOf(lab));
  ports = [await hosts.host(portsId(0)), await hosts.host(portsId(1))];
  uuid = (await ports[0].hypervisor.uuidOfName(GUEST)) ?? "";
});

afterAll(async () => {
  inside?.close();
  await hosts?.close();
  await labDown(OPTIONS);
});

const portsId = (index: 0 | 1) => compute[index].name as Parameters<Hosts["host"]>[0];

/** The host that runs the guest, and the other one. */
async function places(): Promise<[from: HostPorts, to: HostPorts]> {
  const seen = await ports[0].hypervisor.observe(uuid);
  return seen.kind === "present" && seen.state === "running" ? [ports[0], ports[1]] : [ports[1], ports[0]];
}

const isRunning = async (host: HostPorts): Promise<boolean> => {
  const seen = await host.hypervisor.observe(uuid);
  return seen.kind === "present" && seen.state === "running";
};

/** The guest runs on exactly one host, that one, and everything inside is whole. */
async function expectWhole(at: HostPorts, notAt: HostPorts, bootId: string): Promise<void> {
  expect([await isRunning(at), await isRunning(notAt)]).toEqual([true, false]);
  const status = await inside.verify();
  expect(status).toMatchObject({ bootId, records: { bad: 0, errors: 0 }, pattern: { ok: true } });
}

interface Move {
  readonly from: HostPorts;
  readonly to: HostPorts;
  readonly request: TransferRequest;
  readonly path: string;
  run(signal?: AbortSignal): Promise<TransferOutcome>;
  /** Cleans up at the host that lost, or never got, the guest. */
  end(): Promise<void>;
}

async function newMove(transport: "p2p" | "direct"): Promise<Move> {
  const [from, to] = await places();
  const { request, path } = await prepareMove(from, to, uuid, transport);
  return {
    from,
    to,
    request,
    path,
    run: (signal = new AbortController().signal) => hosts.transfer.run(request, from.address.id, to.address.id, signal),
    end: async () => {
      await hosts.transfer.settle(request.migrationId);
      const [here, away] = await places();
      await cleanUp(away, [here], uuid, path, request.migrationId);
    },
  };
}

describe("a host", () => {
  test("tells its facts", async () => {
    const facts = await ports[0].hypervisor.facts();
    expect(facts).toMatchObject({
      hostname: "compute1",
      hostUuid: compute[0].uuid,
      hypervisorType: "QEMU",
      arch: "x86_64",
      cpus: expect.any(Number),
    });
    expect(facts.memoryAvailableKiB).toBeGreaterThan(0);
    expect(facts.memoryAvailableKiB).toBeLessThanOrEqual(facts.memoryTotalKiB);
    expect(facts.machines["x86_64/qemu"]).toContain("pc-q35-7.2");
    expect(facts.pools).toContainEqual(expect.objectContaining({ name: "default", active: true, path: "/var/lib/libvirt/images" }));
    expect(facts.networks).toContainEqual({ name: "lab", active: true, bridge: "br0", portgroups: [], virtualPort: null });
    expect(facts.bridges).toContain("br0");
    expect(facts.uptimeSeconds).toBeGreaterThan(0);
  });

  test("with another key than the pinned one is not talked to", async () => {
    const { publicKey } = generateSshKeyPair("other");
    const strangers = driversOf(lab, (address) => ({ ...address, hostKey: publicKey })).hosts;
    const host = await strangers.host(portsId(0));
    await expect(host.hypervisor.facts()).rejects.toMatchObject({ code: "HOST_KEY_CHANGED" });
    expect(await host.hypervisor.observe(uuid)).toMatchObject({ kind: "unreachable" });
    await strangers.close();
  });

  test("that refuses the login is told with the key to install", async () => {
    const others = driversOf(lab, (address) => ({ ...address, user: "nobody" })).hosts;
    const host = await others.host(portsId(0));
    await expect(host.hypervisor.guests()).rejects.toMatchObject({
      code: "HOST_LOGIN_REFUSED",
      message: expect.stringContaining("ssh-ed25519 AAAA ferry"),
    });
    await others.close();
  });

  test("whose libvirtd died is unreachable until it is back, without a new driver", async () => {
    const events = ports[1].hypervisor.events(new AbortController().signal)[Symbol.asyncIterator]();
    const listening = expect(events.next()).rejects.toMatchObject({ code: "LIBVIRT_UNAVAILABLE" });
    await killLibvirtd(compute[1]);
    await listening;
    await expect(ports[1].hypervisor.guests()).rejects.toMatchObject({ code: "LIBVIRT_UNAVAILABLE" });
    expect(await ports[1].hypervisor.observe(uuid)).toMatchObject({ kind: "unreachable" });
    await startLibvirtd(compute[1]);
    await expect.poll(() => ports[1].hypervisor.observe(uuid), { timeout: 30_000, interval: 500 }).toEqual({ kind: "absent" });
  });
});

describe("a guest", () => {
  test("is listed, observed and read", async () => {
    const [summary] = await ports[0].hypervisor.guests();
    expect(summary).toMatchObject({
      state: "running",
      persistent: true,
      definition: { name: GUEST, uuid, unknownElements: [], immovable: [] },
    });
    expect(await ports[0].hypervisor.guest(uuid)).toEqual(summary);
    expect(await ports[1].hypervisor.guest(uuid)).toBeNull();
    expect(await ports[0].hypervisor.observe(uuid)).toMatchObject({ kind: "present", state: "running", migrationJob: "none" });
    const document = await ports[0].hypervisor.document(uuid, "live");
    expect(document?.definition.disks).toEqual(summary?.definition.disks);
    expect(await ports[1].hypervisor.document(uuid, "live")).toBeNull();
  });

  test("has a CPU that the other host can or cannot provide", async () => {
    const cpuXml = (await ports[0].hypervisor.document(uuid, "live"))?.definition.cpuXml ?? "";
    const ask = (xml: string) =>
      ports[1].hypervisor.compareCpu({
        cpuXml: xml,
        arch: "x86_64",
        virtType: "qemu",
        machine: "pc-q35-7.2",
        emulator: "/usr/bin/qemu-system-x86_64",
      });
    expect(["identical", "superset"]).toContain(await ask(cpuXml));
    expect(await ask(cpuXml.replace("qemu64", "EPYC-Milan"))).toBe("incompatible");
    expect(await ask(cpuXml.replace("qemu64", "Nonsense"))).toBe("incompatible");
    expect(await ask("<cpu mode='host-passthrough'/>")).toBe("unsupported");
  });

  test("is paused and continued, and events tell of it", async () => {
    const listening = new AbortController();
    const seen: HypervisorEvent[] = [];
    const events = ports[0].hypervisor.events(listening.signal);
    const reading = (async () => {
      for await (const event of events) seen.push(event);
    })();
    await ports[0].hypervisor.pause(uuid);
    await ports[0].hypervisor.pause(uuid);
    expect(await ports[0].hypervisor.observe(uuid)).toMatchObject({ state: "paused", reason: "user" });
    await ports[0].hypervisor.resume(uuid);
    await ports[0].hypervisor.resume(uuid);
    await expect.poll(() => seen.map((event) => event.kind === "lifecycle" && event.event)).toEqual(["suspended", "resumed"]);
    listening.abort();
    await expect(reading).resolves.toBeUndefined();
  });
});

describe("volumes", () => {
  const name = `a&b<c>'"$(x);.img`;
  const path = `/var/lib/libvirt/images/${name}`;

  test("are created, carried from host to host and deleted, whatever their name", async () => {
    const content = randomBytes(3 * 1024 * 1024 + 17);
    const request = { pool: "default", name, format: "raw", capacityBytes: content.length, backing: null } as const;
    expect(await ports[0].storage.createVolume(request)).toMatchObject({ path, capacityBytes: content.length });
    await expect(ports[0].storage.createVolume(request)).rejects.toMatchObject({ code: "DESTINATION_OCCUPIED" });
    await ports[1].storage.createVolume(request);
    const signal = new AbortController().signal;
    await ports[0].storage.upload(
      path,
      (async function* () {
        yield content;
      })(),
      content.length,
      signal,
    );
    await ports[1].storage.upload(path, ports[0].storage.download(path, signal), content.length, signal);
    const carried: Uint8Array[] = [];
    for await (const chunk of ports[1].storage.download(path, signal)) carried.push(chunk);
    expect(Buffer.concat(carried).equals(content)).toBe(true);
    expect((await ports[1].storage.volumeAt(path))?.fileBytes).toBe(content.length);
    for (const host of [...ports, ...ports]) await host.storage.deleteVolume(path);
    expect(await ports[0].storage.fileExists(path)).toBe(false);
  });

  test("of another length than announced are refused", async () => {
    await ports[0].storage.createVolume({ pool: "default", name, format: "raw", capacityBytes: 100, backing: null });
    const short = (async function* () {
      yield Buffer.alloc(10);
    })();
    await expect(ports[0].storage.upload(path, short, 100, new AbortController().signal)).rejects.toThrow("10 of 100 bytes");
    await ports[0].storage.deleteVolume(path);
  });

  test("that libvirt has not seen yet are deleted all the same", async () => {
    await compute[0].exec(["touch", path]);
    expect(await ports[0].storage.volumeAt(path)).toBeNull();
    await ports[0].storage.deleteVolume(path);
    expect(await ports[0].storage.fileExists(path)).toBe(false);
  });

  test("tell their backing file", async () => {
    const base = await ports[0].storage.createVolume({
      pool: "default",
      name: "base.qcow2",
      format: "qcow2",
      capacityBytes: 1048576,
      backing: null,
    });
    const request = {
      pool: "default",
      name: "top.qcow2",
      format: "qcow2",
      capacityBytes: 1048576,
      backing: { path: base.path, format: "qcow2" },
    } as const;
    expect((await ports[0].storage.createVolume(request)).backing).toEqual(request.backing);
    for (const volume of ["top.qcow2", "base.qcow2"]) await ports[0].storage.deleteVolume(`/var/lib/libvirt/images/${volume}`);
  });
});

test("a filter is copied with its uuid, kept while it is used, and never replaces another one of its name", async () => {
  const [first, second] = ports;
  const filter = await first.firewall.filter(GUEST_FILTER);
  if (!filter) throw new Error("The lab's guests have a filter");
  expect(await first.firewall.remove(filter.uuid)).toBe("kept");
  await second.firewall.define(filter);
  await second.firewall.define(filter);
  expect(await second.firewall.filter(GUEST_FILTER)).toEqual(filter);
  expect([await second.firewall.remove(filter.uuid), await second.firewall.remove(filter.uuid)]).toEqual(["removed", "absent"]);
  await second.firewall.define({ ...filter, uuid: "11111111-2222-4333-8444-555555555555" });
  await expect(second.firewall.define(filter)).rejects.toMatchObject({ code: "DESTINATION_OCCUPIED" });
  await second.firewall.remove("11111111-2222-4333-8444-555555555555");
});

describe("access between hosts", () => {
  const TAG = "test-0001";
  const files = ["/root/.ssh/authorized_keys", "/root/.ssh/known_hosts"];
  const contents = () => Promise.all(compute.flatMap((host) => files.map(async (file) => (await tryExecOn(host, ["cat", file])).stdout)));
  const listing = () => Promise.all(compute.map((host) => host.exec(["ls", "-la", "--time-style=+", "/root/.ssh"])));

  test("is found open, refused or silent", async () => {
    const { peerAccess } = ports[0];
    expect(await peerAccess.reach(compute[1].address, 22, 3_000)).toBe("open");
    expect(await peerAccess.reach(compute[1].address, 49_152, 3_000)).toBe("refused");
    expect(await peerAccess.reach("198.18.93.250", 22, 1_000)).toBe("silent");
    expect([await peerAccess.canPeer("source"), await ports[1].peerAccess.canPeer("destination")]).toEqual([true, true]);
  });

  test("serves libvirt only, from the source only, and leaves no byte behind", async () => {
    const before = [await contents(), await listing()];
    const [source, destination] = ports;
    const target = { address: compute[1].address, port: 22, hostKey: compute[1].hostKey };
    await source.peerAccess.placeSourceKey(TAG, target);
    const { publicKey, privateKeyPath } = await source.peerAccess.placeSourceKey(TAG, target);
    const key = { publicKey, sourceAddress: compute[0].address, expiresAt: new Date(Date.now() + 600_000) };
    await destination.peerAccess.admitKey(TAG, key);
    await destination.peerAccess.admitKey(TAG, key);
    const ssh = (...words: string[]) =>
      tryExecOn(compute[0], ["ssh", "-i", privateKeyPath, "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", ...words]);

    expect((await compute[0].exec(["stat", "-c", "%a %U", privateKeyPath])).trim()).toBe("600 root");
    const libvirt = await tryExecOn(compute[0], [
      "virsh",
      "-c",
      `qemu+ssh://root@${compute[1].address}/system?keyfile=${privateKeyPath}&no_tty=1`,
      "hostname",
    ]);
    expect(libvirt).toMatchObject({ code: 0, stdout: expect.stringContaining("compute2") });
    expect((await ssh(`root@${compute[1].address}`, "id; touch /tmp/got-in")).stdout).not.toContain("uid=");
    expect((await tryExecOn(compute[1], ["ls", "/tmp/got-in"])).code).not.toBe(0);
    expect((await ssh("-W", "127.0.0.1:22", `root@${compute[1].address}`)).stdout).toBe("");

    await destination.peerAccess.admitKey(TAG, { ...key, sourceAddress: "198.18.93.77" });
    expect((await ssh(`root@${compute[1].address}`, "true")).stderr).toContain("Permission denied");
    for (const host of [...ports, ...ports]) await host.peerAccess.withdraw(TAG);
    expect([await contents(), await listing()]).toEqual(before);
  });
});

describe.each(["p2p", "direct"] as const)("a move by %s", (transport) => {
  let move: Move;
  let bootId: string;

  afterEach(async () => {
    taps.clear();
    await restoreLink(lab, compute[0]);
    await restoreLink(lab, compute[1]);
  });

  async function begin(): Promise<void> {
    ({ bootId } = await inside.status());
    move = await newMove(transport);
  }

  test("hands the guest over, whole and while it runs", async () => {
    await begin();
    const { counter } = await inside.status();
    expect(await move.run()).toEqual({ kind: "handed-over" });
    await expectWhole(move.to, move.from, bootId);
    await hosts.transfer.settle(move.request.migrationId);
    expect(await move.from.hypervisor.observe(uuid)).toMatchObject({ state: "shutoff", reason: "migrated" });
    expect((await inside.status()).counter).toBeGreaterThan(counter);
    expect(await move.to.hypervisor.job(uuid)).toMatchObject({
      kind: "ended",
      outcome: "completed",
      statistics: { downtimeMs: expect.any(Number) },
    });
    await move.end();
    expect(await move.from.hypervisor.observe(uuid)).toEqual({ kind: "absent" });
  });

  test("shows its progress, and leaves the guest where it was when it is aborted", async () => {
    await begin();
    await setLinkRate(lab, compute[0], "20mbit");
    const aborting = new AbortController();
    const running = move.run(aborting.signal);
    await expect.poll(() => move.from.hypervisor.job(uuid), { timeout: 30_000 }).toMatchObject({ kind: "running", operation: "outgoing" });
    await expect
      .poll(() => move.from.hypervisor.diskCopies(uuid, ["vda"]), { timeout: 30_000 })
      .toMatchObject([{ target: "vda", ready: false }]);
    expect(await move.from.hypervisor.observe(uuid)).toMatchObject({ state: "running", migrationJob: "outgoing" });
    expect(await move.to.hypervisor.observe(uuid)).toMatchObject({ state: "paused", reason: "migration", migrationJob: "incoming" });
    aborting.abort();
    expect(await running).toMatchObject({ kind: "stayed", aborted: true });
    await expectWhole(move.from, move.to, bootId);
    await move.end();
  });

  test("aborted before it began starts nothing", async () => {
    await begin();
    expect(await move.run(AbortSignal.abort())).toMatchObject({ kind: "stayed", aborted: true });
    expect(await move.to.hypervisor.observe(uuid)).toEqual({ kind: "absent" });
    await move.end();
  });

  test("that libvirt refuses leaves the guest where it was, free for the next try", async () => {
    await begin();
    await move.to.storage.deleteVolume(move.path);
    await move.to.storage.createVolume({
      pool: "default",
      name: move.path.split("/").at(-1) ?? "",
      format: "qcow2",
      capacityBytes: 4096,
      backing: null,
    });
    expect(await move.run()).toMatchObject({ kind: "stayed", aborted: false });
    expect(await move.from.hypervisor.observe(uuid)).toMatchObject({ state: "running", migrationJob: "none" });
    await expectWhole(move.from, move.to, bootId);
    await move.end();
  });

  test("a cut link and an abort end it at the source", async () => {
    await begin();
    await setLinkRate(lab, compute[0], "20mbit");
    const aborting = new AbortController();
    const running = move.run(aborting.signal);
    await expect.poll(() => move.from.hypervisor.diskCopies(uuid, ["vda"]), { timeout: 30_000 }).toHaveLength(1);
    await cutLink(lab, compute[1]);
    aborting.abort();
    const outcome = await Promise.race([running, sleep(100_000).then(() => "too late")]);
    expect(outcome).toMatchObject({ kind: "stayed", aborted: true });
    await restoreLink(lab, compute[1]);
    await restoreLink(lab, compute[0]);
    await expect.poll(() => move.to.hypervisor.observe(uuid), { timeout: 60_000, interval: 1_000 }).toEqual({ kind: "absent" });
    await expectWhole(move.from, move.to, bootId);
    await move.end();
  });

  test("a guest that its user has paused arrives paused", async () => {
    await begin();
    await move.from.hypervisor.pause(uuid);
    const request = { ...move.request, paused: true };
    const outcome = await hosts.transfer.run(request, move.from.address.id, move.to.address.id, new AbortController().signal);
    expect(outcome).toEqual({ kind: "handed-over" });
    await hosts.transfer.settle(request.migrationId);
    expect(await move.to.hypervisor.observe(uuid)).toMatchObject({ state: "paused", reason: "user" });
    expect(await move.from.hypervisor.observe(uuid)).toMatchObject({ state: "shutoff", reason: "migrated" });
    await move.to.hypervisor.resume(uuid);
    await expectWhole(move.to, move.from, bootId);
    await move.end();
  });

  test("losing the source's connection in the middle is found out and said truly", async () => {
    await begin();
    await setLinkRate(lab, compute[0], "60mbit");
    taps.add(({ procedure, connection }) => {
      if (procedure === "domainMigratePerform3Params") setTimeout(() => connection.close(), 1_500);
    });
    const outcome = await move.run();
    expect(outcome.kind).toBe(transport === "p2p" ? "handed-over" : "stayed");
    if (transport === "p2p") await expectWhole(move.to, move.from, bootId);
    else await expectWhole(move.from, move.to, bootId);
    await move.end();
  });
});

describe("the lost answer of Finish", () => {
  afterEach(() => taps.clear());

  test.each([0, 1, 2, 5, 10, 20, 50])("cut %i ms after the call: the guest runs exactly once", async (delayMs) => {
    const { bootId } = await inside.status();
    const move = await newMove("direct");
    taps.add(({ procedure, connection }) => {
      if (procedure === "domainMigrateFinish3Params") setTimeout(() => connection.close(), delayMs);
    });
    const outcome = await move.run();
    await hosts.transfer.settle(move.request.migrationId);
    expect(["handed-over", "stayed"]).toContain(outcome.kind);
    if (outcome.kind === "handed-over") await expectWhole(move.to, move.from, bootId);
    else await expectWhole(move.from, move.to, bootId);
    await move.end();
  });

  /** The destination's control link is cut before the call is sent, and the connection is given up soon after. */
  function silenceDestination(move: Move): void {
    taps.add(({ procedure, connection }) => {
      if (procedure !== "domainMigrateFinish3Params") return;
      setTimeout(() => connection.close(), 500);
      cutControlAtOnce(lab, hostNamed(lab, move.to.address.name));
    });
  }

  test("with the destination silent the source is left paused, and the truth comes out when it speaks again", async () => {
    const { bootId } = await inside.status();
    const move = await newMove("direct");
    silenceDestination(move);
    const outcome = await move.run();
    expect(outcome.kind).toBe("unknown");
    expect(await move.from.hypervisor.observe(uuid)).toMatchObject({ state: "paused", reason: "migration" });
    await restoreControl(lab, hostNamed(lab, move.to.address.name));
    const where = async () => whereabouts(await move.from.hypervisor.observe(uuid), await move.to.hypervisor.observe(uuid));
    await expect.poll(where, { timeout: 60_000, interval: 1_000 }).toMatch(/^(leftover|stranded)-at-source$/);
    if ((await where()) === "leftover-at-source") await move.from.hypervisor.destroy(uuid);
    else await move.from.hypervisor.resume(uuid);
    const [here, away] = await places();
    await expectWhole(here, away, bootId);
    await move.end();
  });

  test("with the destination silent for a moment the move still ends by itself", async () => {
    const { bootId } = await inside.status();
    const move = await newMove("direct");
    silenceDestination(move);
    taps.add(({ procedure }) => {
      if (procedure === "domainMigrateFinish3Params")
        setTimeout(() => void restoreControl(lab, hostNamed(lab, move.to.address.name)), 4_000);
    });
    const outcome = await move.run();
    await hosts.transfer.settle(move.request.migrationId);
    expect(["handed-over", "stayed"]).toContain(outcome.kind);
    if (outcome.kind === "handed-over") await expectWhole(move.to, move.from, bootId);
    else await expectWhole(move.from, move.to, bootId);
    await move.end();
  });
});

test("a guest on a base image moves with its top layer only, to another path, whatever its name", async () => {
  const name = `a<b>&"c' $(touch x);`;
  await startGuest(lab, { host: "compute1", name, overlay: true });
  const [from, to] = ports;
  const overlay = (await from.hypervisor.uuidOfName(name)) ?? "";
  const { request, path } = await prepareOverlayMove(from, to, overlay, `moved ${name}.qcow2`);
  const { id: source } = from.address;
  expect(await hosts.transfer.run(request, source, to.address.id, new AbortController().signal)).toEqual({ kind: "handed-over" });
  await hosts.transfer.settle(request.migrationId);
  using witnessed = await witness(lab, name);
  expect(await witnessed.verify()).toMatchObject({ records: { bad: 0, errors: 0 } });
  const [live, persistent] = [await to.hypervisor.document(overlay, "live"), await to.hypervisor.document(overlay, "persistent")];
  expect(live?.definition).toMatchObject({ name, disks: [{ source: { path }, backing: [{ format: "qcow2" }] }] });
  expect(persistent?.definition.disks[0]?.source).toEqual({ type: "file", path });
  expect((await to.storage.volumeAt(path))?.allocationBytes).toBeLessThan(8 * 1024 * 1024);
  await removeGuest(lab, name);
});
