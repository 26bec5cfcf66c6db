import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  domainStates,
  downloadSparseVolume,
  downloadVolume,
  encodePacket,
  HostKeyChangedError,
  isHole,
  isNoSuchFile,
  isNotFound,
  isUnsupported,
  isVolumeExists,
  LibvirtConnection,
  LibvirtHost,
  LibvirtUnreachableError,
  lifecycleEvents,
  openUnixChannel,
  type PoolHandle,
  programs,
  readDaemonFacts,
  SshHost,
  SshSession,
  type StreamHole,
  scanHostKey,
  uploadVolume,
  type VolumeHandle,
  versionText,
} from "@ferry/libvirt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fingerprintOf, PrivateLibvirt } from "./support/private-libvirt.ts";

/** The client of packages/libvirt against a real libvirtd and a real sshd, both private to this file. */

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );
const list = { needResults: 1, flags: 0 } as const;
const MIB = 1024 * 1024;

let rig: PrivateLibvirt;
let ssh: SshHost;
let test: LibvirtHost;
let qemu: LibvirtHost;

async function sshHost(port: number): Promise<SshHost> {
  const hostKey = await scanHostKey({ address: "127.0.0.1", port });
  return new SshHost({ address: "127.0.0.1", port, username: "root", auth: { privateKey: rig.clientKey }, hostKey });
}

beforeAll(async () => {
  rig = await PrivateLibvirt.start();
  ssh = await sshHost((await rig.startSshd()).port);
  test = LibvirtHost.overSsh(ssh, { uri: "test:///default" });
  qemu = LibvirtHost.overSsh(ssh, { uri: "qemu:///system" });
});

afterAll(async () => {
  test?.close();
  qemu?.close();
  await ssh?.close();
  await rig?.stop();
});

describe("the host key", () => {
  it("is learnt as ssh-keygen shows it", () => {
    const publicKey = readFileSync(join(rig.directory, "host.pub"), "utf8").split(" ").slice(0, 2).join(" ");
    expect(ssh.options.hostKey).toEqual({ type: "ssh-ed25519", fingerprint: fingerprintOf(join(rig.directory, "host.pub")), publicKey });
  });

  it("of another server at the same address is refused with both fingerprints, before any login", async () => {
    const impostor = await rig.startSshd([], "impostor");
    const error = await rejection(SshSession.connect({ ...ssh.options, port: impostor.port }));
    expect(error).toBeInstanceOf(HostKeyChangedError);
    expect(String(error)).toContain(fingerprintOf(join(rig.directory, "host.pub")));
    expect(String(error)).toContain(fingerprintOf(join(rig.directory, "impostor.pub")));
  });
});

describe("an SSH connection", () => {
  it("that cannot log in says that it is the key", async () => {
    const stranger = readFileSync(join(rig.directory, "host"), "utf8");
    expect(await rejection(SshSession.connect({ ...ssh.options, auth: { privateKey: stranger } }))).toMatchObject({
      kind: "authentication",
    });
  });

  it("with something that is no private key says so", async () => {
    expect(await rejection(SshSession.connect({ ...ssh.options, auth: { privateKey: "nonsense" } }))).toMatchObject({ kind: "settings" });
  });

  it("to a port where nobody listens says that it is the network", async () => {
    expect(await rejection(SshSession.connect({ ...ssh.options, port: 1 }))).toMatchObject({ kind: "refused" });
    expect(await rejection(scanHostKey({ address: "127.0.0.1", port: 1 }))).toMatchObject({ kind: "refused" });
  });

  it("runs a command with arguments that no shell sees", async () => {
    const session = await ssh.session();
    const words = ["it's", "$(id)", "a  b"];
    expect(await session.exec(["printf", "%s|", ...words])).toMatchObject({ code: 0, stdout: "it's|$(id)|a  b|", stderr: "" });
    expect(await session.exec(["cat"], { input: "from stdin" })).toMatchObject({ code: 0, stdout: "from stdin" });
    expect(await session.exec(["false"])).toMatchObject({ code: 1, signal: null });
  });

  it("gives up a command that misses its deadline, and the host kills it", async () => {
    const session = await ssh.session();
    const mark = join(rig.directory, "late");
    const script = `sleep 3; touch ${mark}`;
    expect(await rejection(session.exec(["sh", "-c", script], { deadlineMs: 200 }))).toMatchObject({ name: "SshDeadlineError" });
    await session.exec(["sleep", "4"]);
    expect(isNoSuchFile(await rejection(session.files.stat(mark)))).toBe(true);
  });

  it("keeps small files: written whole with their mode, read, replaced, listed and removed", async () => {
    const { files } = await ssh.session();
    const directory = join(rig.directory, "files");
    const path = join(directory, "key");
    await files.mkdir(directory, { mode: 0o700 });
    await files.writeFile(path, "first", { mode: 0o640 });
    await files.writeFile(path, "second", { mode: 0o600 });
    expect((await files.readFile(path)).toString()).toBe("second");
    expect(await files.stat(path)).toMatchObject({ mode: 0o600, size: 6, isFile: true });
    expect(await files.list(directory)).toEqual(["key"]);
    await files.unlink(path);
    expect(isNoSuchFile(await rejection(files.stat(path)))).toBe(true);
  });

  it("tells whether the host reaches a port", async () => {
    const session = await ssh.session();
    const stream = await session.forwardOut("127.0.0.1", ssh.options.port ?? 22);
    stream.destroy();
    expect(await rejection(session.forwardOut("127.0.0.1", 1))).toMatchObject({ name: "SshChannelError" });
  });
});

describe("the connection", () => {
  it("goes through libvirt's socket and knows who is there", async () => {
    const facts = await readDaemonFacts(await qemu.shared());
    expect(facts).toMatchObject({ uri: "qemu:///system", driver: "QEMU", migrationV3: true, migrationP2p: true, migrationParams: true });
    expect(versionText(facts.libvirtVersion)).toMatch(/^\d+\.\d+\.\d+$/);
    expect(qemu.route).toBe("/var/run/libvirt/libvirt-sock");
  });

  it("makes many calls at once over one SSH connection", async () => {
    const connection = await test.shared();
    const answers = await Promise.all(Array.from({ length: 200 }, () => connection.call("connectListAllDomains", list)));
    expect(new Set(answers.map(({ domains }) => domains[0]?.name))).toEqual(new Set(["test"]));
  });

  it("works the same over the local socket", async () => {
    const local = LibvirtHost.overSocket(rig.socketPath, { uri: "test:///default" });
    expect(await local.withDedicated((connection) => connection.call("connectGetType"))).toEqual({ type: "TEST" });
    local.close();
  });

  it("reports what does not exist and what the driver lacks as such, and goes on", async () => {
    const connection = await test.shared();
    expect(isNotFound(await rejection(connection.call("domainLookupByName", { name: "nobody" })))).toBe(true);
    const { dom } = await connection.call("domainLookupByName", { name: "test" });
    expect(isUnsupported(await rejection(connection.call("domainGetJobInfo", { dom })))).toBe(true);
    expect(await connection.call("domainGetState", { dom, flags: 0 })).toMatchObject({ state: domainStates.running });
  });

  it("survives a procedure that this daemon does not know", async () => {
    const channel = await openUnixChannel(rig.socketPath);
    const answer = new Promise<Buffer>((resolve) => channel.duplex.once("data", resolve));
    channel.duplex.write(encodePacket({ program: programs.remote, procedure: 9_999, type: 0, serial: 7, status: 0 }));
    const bytes = await answer;
    expect([bytes.readUInt32BE(20), bytes.readInt32BE(24), bytes.readInt32BE(28)]).toEqual([7, 1, 39]);
    const connection = new LibvirtConnection(channel.duplex);
    expect(await connection.call("authList")).toEqual({ types: [0] });
    connection.close();
  });

  it("reads host, CPU and emulator facts", async () => {
    const connection = await qemu.shared();
    const node = await connection.call("nodeGetInfo");
    expect(node.cpus).toBeGreaterThan(0);
    const count = await connection.call("nodeGetMemoryStats", { nparams: 0, cellNum: -1, flags: 0 });
    const memory = await connection.call("nodeGetMemoryStats", { nparams: count.nparams, cellNum: -1, flags: 0 });
    expect(memory.params.map(({ field }) => field)).toContain("total");
    expect((await connection.call("connectGetCapabilities")).capabilities).toContain("<capabilities>");
    const choice = { emulatorbin: null, arch: "x86_64", machine: null, virttype: "qemu", flags: 0 };
    expect((await connection.call("connectGetDomainCapabilities", choice)).capabilities).toContain("<domainCapabilities>");
    const cpu = { emulator: null, arch: "x86_64", machine: null, virttype: "qemu", xmlCpu: "<cpu><model>qemu64</model></cpu>", flags: 0 };
    expect((await connection.call("connectCompareHypervisorCpu", cpu)).result).toBeGreaterThan(0);
  });
});

describe("events", () => {
  it("arrive as typed values, those of a call before its answer", async () => {
    const connection = await test.dedicated();
    const events = await connection.subscribe(["lifecycle"]);
    const { dom } = await connection.call("domainLookupByName", { name: "test" });
    await connection.call("domainSuspend", { dom });
    await connection.call("domainResume", { dom });
    const seen = [(await events.next()).value, (await events.next()).value];
    expect(seen.map((event) => event?.event)).toEqual([lifecycleEvents.suspended, lifecycleEvents.resumed]);
    expect(seen[0]).toMatchObject({ kind: "lifecycle", dom: { name: "test", uuid: dom.uuid } });
    connection.close();
  });

  it("of a storage pool arrive as well", async () => {
    const connection = await qemu.dedicated();
    const events = await connection.subscribe(["poolLifecycle", "poolRefresh"]);
    const { pool } = await connection.call("storagePoolDefineXml", { xml: poolXml("ferry-events"), flags: 0 });
    await connection.call("storagePoolUndefine", { pool });
    expect((await events.next()).value).toMatchObject({ kind: "poolLifecycle", pool: { name: "ferry-events" }, event: 0 });
    connection.close();
  });
});

function poolXml(name: string): string {
  const path = join(rig.directory, name);
  mkdirSync(path, { recursive: true });
  return `<pool type='dir'><name>${name}</name><target><path>${path}</path></target></pool>`;
}

describe("volumes", () => {
  let pool: PoolHandle;
  const volumeXml = (name: string, bytes: number): string =>
    `<volume><name>${name}</name><capacity unit='bytes'>${bytes}</capacity><allocation>0</allocation><target><format type='raw'/></target></volume>`;

  const create = async (name: string, bytes: number): Promise<VolumeHandle> =>
    (await (await qemu.shared()).call("storageVolCreateXml", { pool, xml: volumeXml(name, bytes), flags: 0 })).vol;

  beforeAll(async () => {
    const connection = await qemu.shared();
    pool = (await connection.call("storagePoolDefineXml", { xml: poolXml("ferry-test"), flags: 0 })).pool;
    await connection.call("storagePoolCreate", { pool, flags: 0 });
  });

  afterAll(async () => {
    const connection = await qemu.shared();
    const { vols } = await connection.call("storagePoolListAllVolumes", { pool, ...list });
    for (const vol of vols) await connection.call("storageVolDelete", { vol, flags: 0 });
    await connection.call("storagePoolDestroy", { pool });
    await connection.call("storagePoolUndefine", { pool });
  });

  it("are created once and found by name and path", async () => {
    const vol = await create("once.raw", 64 * MIB);
    const connection = await qemu.shared();
    expect(isVolumeExists(await rejection(create("once.raw", 64 * MIB)))).toBe(true);
    expect((await connection.call("storageVolLookupByPath", { path: vol.key })).vol).toEqual(vol);
    expect(await connection.call("storageVolGetInfo", { vol })).toMatchObject({ capacity: BigInt(64 * MIB) });
    expect(isNotFound(await rejection(connection.call("storageVolLookupByName", { pool, name: "no.raw" })))).toBe(true);
  });

  it("take an upload and give the same bytes back", async () => {
    const content = randomBytes(9 * MIB + 17);
    const vol = await create("full.raw", content.length);
    await qemu.withDedicated((connection) => uploadVolume(connection, vol, [content.subarray(0, 3), content.subarray(3)]));
    expect(Buffer.compare(readFileSync(vol.key), content)).toBe(0);
    const chunks: Buffer[] = [];
    await qemu.withDedicated(async (connection) => {
      for await (const chunk of downloadVolume(connection, vol, { offset: 3n, length: BigInt(5 * MIB) })) chunks.push(chunk);
    });
    expect(Buffer.compare(Buffer.concat(chunks), content.subarray(3, 3 + 5 * MIB))).toBe(0);
  });

  it("keep their holes both ways", async () => {
    const vol = await create("sparse.raw", 64 * MIB);
    const head = randomBytes(MIB);
    const tail = randomBytes(MIB);
    const parts: (Buffer | StreamHole)[] = [head, { hole: BigInt(62 * MIB) }, tail];
    await qemu.withDedicated((connection) => uploadVolume(connection, vol, parts, { sparse: true }));
    expect(Buffer.compare(readFileSync(vol.key), Buffer.concat([head, Buffer.alloc(62 * MIB), tail]))).toBe(0);
    expect(statSync(vol.key).blocks * 512).toBeLessThan(8 * MIB);
    let holes = 0n;
    let bytes = 0;
    await qemu.withDedicated(async (connection) => {
      for await (const part of downloadSparseVolume(connection, vol)) {
        if (isHole(part)) holes += part.hole;
        else bytes += part.length;
      }
    });
    expect(holes + BigInt(bytes)).toBe(BigInt(64 * MIB));
    expect(holes).toBeGreaterThanOrEqual(BigInt(60 * MIB));
  });

  it("refuse more bytes than they hold, and the connection goes on", async () => {
    const vol = await create("small.raw", MIB);
    const connection = await qemu.dedicated();
    const upload = uploadVolume(connection, vol, [Buffer.alloc(2 * MIB)], { length: BigInt(MIB) });
    expect(await rejection(upload)).toMatchObject({ name: "LibvirtError" });
    expect((await connection.call("connectGetType")).type).toBe("QEMU");
    connection.close();
  });

  it("let go of a download that is left in the middle, and the connection goes on", async () => {
    const path = join(rig.directory, "ferry-test", "large.raw");
    writeFileSync(path, Buffer.alloc(32 * MIB, 1));
    const connection = await qemu.dedicated();
    await connection.call("storagePoolRefresh", { pool, flags: 0 });
    const { vol } = await connection.call("storageVolLookupByName", { pool, name: "large.raw" });
    for await (const chunk of downloadVolume(connection, vol)) {
      expect(chunk[0]).toBe(1);
      break;
    }
    expect((await connection.call("connectGetType")).type).toBe("QEMU");
    connection.close();
  });
});

describe("network filters and networks", () => {
  it("are defined, listed, read and removed", async () => {
    const connection = await qemu.shared();
    const xml = "<filter name='ferry-test' chain='ipv4'><rule action='drop' direction='in'><all/></rule></filter>";
    const { nwfilter } = await connection.call("nwfilterDefineXml", { xml });
    expect((await connection.call("connectListAllNwfilters", list)).filters).toContainEqual(nwfilter);
    expect((await connection.call("nwfilterLookupByName", { name: "ferry-test" })).nwfilter).toEqual(nwfilter);
    expect((await connection.call("nwfilterLookupByUuid", { uuid: nwfilter.uuid })).nwfilter).toEqual(nwfilter);
    expect((await connection.call("nwfilterGetXmlDesc", { nwfilter, flags: 0 })).xml).toContain("action='drop'");
    expect((await connection.call("connectListAllNwfilterBindings", list)).bindings).toEqual([]);
    await connection.call("nwfilterUndefine", { nwfilter });
    expect(isNotFound(await rejection(connection.call("nwfilterLookupByName", { name: "ferry-test" })))).toBe(true);
    expect(isNotFound(await rejection(connection.call("nwfilterBindingLookupByPortDev", { name: "vnet999" })))).toBe(true);
  });

  it("networks and interfaces are listed and read", async () => {
    const connection = await test.shared();
    const { nets } = await connection.call("connectListAllNetworks", list);
    const { net } = await connection.call("networkLookupByName", { name: "default" });
    expect(nets).toContainEqual(net);
    expect((await connection.call("networkGetXmlDesc", { net, flags: 0 })).xml).toContain("<network");
    expect((await connection.call("networkGetBridgeName", { net })).name).toBe("virbr0");
    expect(await connection.call("networkIsActive", { net })).toEqual({ active: 1 });
    const { ifaces } = await connection.call("connectListAllInterfaces", list);
    expect(ifaces[0] && (await connection.call("interfaceGetXmlDesc", { iface: ifaces[0], flags: 0 })).xml).toContain("<interface");
  });
});

describe("an sshd that forbids forwarding", () => {
  it("is used through virt-ssh-helper", async () => {
    const strict = await sshHost((await rig.startSshd(["AllowStreamLocalForwarding no"])).port);
    const host = LibvirtHost.overSsh(strict, { uri: "test:///default" });
    expect((await (await host.shared()).call("connectListAllDomains", list)).ret).toBe(1);
    expect(host.route).toBe("virt-ssh-helper");
    host.close();
    await strict.close();
  });

  it("and commands as well is reported with the remedy", async () => {
    const closed = await sshHost((await rig.startSshd(["AllowStreamLocalForwarding no", "MaxSessions 0"])).port);
    const error = await rejection(LibvirtHost.overSsh(closed, { uri: "test:///default" }).shared());
    expect(error).toBeInstanceOf(LibvirtUnreachableError);
    expect(String(error)).toContain("AllowStreamLocalForwarding");
    await closed.close();
  });
});

describe("an SSH connection that dies", () => {
  it("takes its libvirt connections along, and the next use makes new ones", async () => {
    const session = await ssh.session();
    const before = await test.shared();
    session.close();
    expect((await before.closed).fate).toBe("unknown");
    expect(await rejection(session.openStreamLocal("/run/x"))).toMatchObject({ name: "SshClosedError" });
    expect(await (await test.shared()).call("connectGetType")).toEqual({ type: "TEST" });
  });
});

describe("a libvirtd that dies", () => {
  it("rejects what is pending, is reported while away, and is reopened over the same SSH connection", async () => {
    const session = await ssh.session();
    const connection = await test.shared();
    const events = await connection.subscribe(["lifecycle"]);
    rig.freezeLibvirtd();
    const pending = [
      rejection(connection.call("connectGetHostname")),
      rejection(connection.call("connectGetUri")),
      rejection(events.next()),
    ];
    await rig.killLibvirtd();
    for (const error of await Promise.all(pending)) expect(error).toMatchObject({ name: "ConnectionLostError", fate: "unknown" });
    expect(await rejection(test.shared())).toBeInstanceOf(LibvirtUnreachableError);
    await rig.startLibvirtd();
    expect(await (await test.shared()).call("connectGetType")).toEqual({ type: "TEST" });
    expect(await ssh.session()).toBe(session);
  });
});
