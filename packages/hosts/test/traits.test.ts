import { migrationId, type TransferRequest } from "@ferry/core";
import {
  domainStates,
  jobTypes,
  type LibvirtConnection,
  LibvirtError,
  migrateFlags,
  pausedReasons,
  SshFileError,
  type SshSession,
  UnsupportedCallError,
} from "@ferry/libvirt";
import { describe, expect, it, test } from "vitest";
import { qemu } from "../src/hypervisor/traits/qemu.ts";
import { traitsOf } from "../src/hypervisor/traits/traits-of.ts";
import { xen } from "../src/hypervisor/traits/xen.ts";
import { authorizedKeysLine } from "../src/peer-access/lines.ts";
import { transferFlags } from "../src/transfer/flags.ts";
import { peerUri, transferParameters } from "../src/transfer/parameters.ts";
import { isHandedOver } from "../src/transfer/parties.ts";
import { libvirtTransfer } from "../src/transfer/transfer.ts";

const uuid = "0b0e0000-0000-4000-8000-000000000021";
const dom = { name: "pv1", uuid, id: 3 };
const peer = { user: "root", port: 22, privateKeyPath: "/root/.ssh/ferry-2" };
const request: TransferRequest = {
  migrationId: migrationId("0b0e0000-0000-4000-8000-000000000022"),
  guest: { uuid, name: "pv1" },
  transport: "p2p",
  liveXml: "<domain/>",
  persistentXml: "<domain/>",
  destinationAddress: "198.18.78.12",
  listenAddress: "198.18.78.12",
  copyDisks: [],
  copyMode: "full",
  peer,
  bandwidthMiBps: 10,
  paused: true,
  tunnelled: false,
  unsafe: false,
};

type Answers = Readonly<Record<string, (args: { readonly flags?: number }) => unknown>>;

/** A libvirt that knows these calls and no other. */
function libvirt(answers: Answers): { connection: LibvirtConnection; calls: string[] } {
  const calls: string[] = [];
  const call = async (name: string, args: { readonly flags?: number }): Promise<unknown> => {
    calls.push(name);
    const answer = answers[name];
    if (!answer) throw new UnsupportedCallError(name, wire(3));
    return answer(args);
  };
  return { connection: { call } as unknown as LibvirtConnection, calls };
}

const wire = (code: number) => ({ ...{ code, domain: 41, message: "refused", level: 2, dom: null, net: null }, ...details });
const details = { str1: null, str2: null, str3: null, int1: 0, int2: 0 };
const refusal = (code: number) => (): never => {
  throw new LibvirtError("domainResume", wire(code));
};
const state = (one: number, reason = 0) => ({ domainGetState: () => ({ state: one, reason }) });

test.each([
  ["xen:///system", xen],
  ["xen+ssh://root@host/system", xen],
  ["qemu:///system", qemu],
  ["test:///default", qemu],
])("%s has the traits of its driver", (uri, traits) => {
  expect(traitsOf(uri)).toBe(traits);
});

describe("a transfer between Xen hosts", () => {
  it("has only flags that the driver takes", () => {
    const { live, peer2peer, persistDest, paused } = migrateFlags;
    expect(transferFlags(request, xen).source).toBe(live | peer2peer | persistDest | paused);
  });

  it("has only parameters that the driver takes", () => {
    const fields = transferParameters(request, xen).map(({ field }) => field);
    expect(fields).toEqual(["migrate_uri", "destination_xml"]);
  });

  it("dials the Xen driver of the destination, and the key there opens nothing else", () => {
    expect(peerUri(request, peer, xen)).toMatch(/^xen\+ssh:\/\/root@198\.18\.78\.12:22\/system\?/);
    const key = { publicKey: "ssh-ed25519 AAAA", sourceAddress: "198.18.78.11", expiresAt: new Date(0) };
    expect(authorizedKeysLine("tag", key, "xen")).toContain('command="virt-ssh-helper xen:///system"');
  });

  it.each([
    ["direct", { transport: "direct" }],
    ["with disks to copy", { copyDisks: ["xvda"] }],
  ] as const)("is not begun when it is %s", async (_, change) => {
    const link = { address: { uri: "xen:///system" } };
    const transfer = libvirtTransfer({ linkOf: async () => link as never, patienceMs: 1, report: () => undefined });
    const run = transfer.run({ ...request, ...change }, "a" as never, "b" as never, new AbortController().signal);
    await expect(run).rejects.toThrow(TypeError);
  });

  it("is not handed over while a job holds the guest that arrived paused", () => {
    const arrived = { kind: "present", state: "paused", reason: "user", persistent: false } as const;
    expect(isHandedOver({ ...arrived, migrationJob: "outgoing" }, true)).toBe(false);
    expect(isHandedOver({ ...arrived, migrationJob: "none" }, true)).toBe(true);
  });

  it("cannot be aborted, and asking for it does nothing", async () => {
    const link = { address: { uri: "xen:///system" } };
    const transfer = libvirtTransfer({ linkOf: async () => link as never, patienceMs: 1, report: () => undefined });
    await expect(transfer.abort("a" as never, uuid, { destinationReachable: true })).resolves.toBeUndefined();
  });
});

describe("the job of a Xen guest", () => {
  const unbounded = {
    domainGetJobStats: () => ({ type: jobTypes.unbounded, params: [{ field: "time_elapsed", type: "ullong", value: 40n }] }),
  };

  it.each([
    ["of an active guest is an outgoing one", domainStates.running, "outgoing"],
    ["of a guest that is not active yet is an incoming one", domainStates.shutoff, "incoming"],
    ["of a guest that is paused holds it", domainStates.paused, "outgoing"],
  ] as const)("%s", async (_, number, operation) => {
    const { connection } = libvirt({ ...unbounded, ...state(number) });
    expect(await xen.readJob(connection, dom)).toEqual({ kind: "running", operation, statistics: { elapsedMs: 40 } });
  });

  it("is none when there is none; a finished one is not asked for, because the driver refuses that", async () => {
    const { connection, calls } = libvirt({ domainGetJobStats: () => ({ type: jobTypes.none, params: [] }) });
    expect(await xen.readJob(connection, dom)).toEqual({ kind: "none" });
    expect(calls).toEqual(["domainGetJobStats"]);
  });

  it("is none for a guest that is off", async () => {
    const { connection } = libvirt({ domainGetJobStats: refusal(55) });
    expect(await xen.readJob(connection, dom)).toEqual({ kind: "none" });
  });
});

describe("resuming a Xen guest", () => {
  const shell = (code: number) => {
    const commands: (readonly string[])[] = [];
    const exec = async (argv: readonly string[]) => {
      commands.push(argv);
      return { code, stdout: "", stderr: "" };
    };
    return { commands, session: async () => ({ exec }) as unknown as SshSession };
  };
  const failingOnce = (code: number) => {
    let tries = 0;
    return () => (tries++ === 0 ? refusal(code)() : {});
  };

  it("pauses it for real first when libvirt wrongly calls it paused by a migration", async () => {
    const { connection, calls } = libvirt({ domainResume: failingOnce(1), ...state(domainStates.paused, pausedReasons.migration) });
    const { commands, session } = shell(0);
    await xen.resume({ connection, session }, dom);
    expect(commands).toEqual([["xl", "pause", "3"]]);
    expect(calls.filter((name) => name === "domainResume")).toHaveLength(2);
  });

  it("says nothing about a guest that runs", async () => {
    const { connection } = libvirt({ domainResume: refusal(55), ...state(domainStates.running) });
    const { commands, session } = shell(0);
    await xen.resume({ connection, session }, dom);
    expect(commands).toEqual([]);
  });

  it("fails with libvirt's reason when Xen does not pause it", async () => {
    const { connection } = libvirt({ domainResume: refusal(1), ...state(domainStates.paused, pausedReasons.migration) });
    await expect(xen.resume({ connection, session: shell(1).session }, dom)).rejects.toThrow("refused");
  });

  it("leaves a guest alone that its user has paused and libvirt cannot continue", async () => {
    const { connection } = libvirt({ domainResume: refusal(1), ...state(domainStates.paused, pausedReasons.user) });
    const { commands, session } = shell(0);
    await expect(xen.resume({ connection, session }, dom)).rejects.toThrow("refused");
    expect(commands).toEqual([]);
  });
});

test("Domain-0 is no guest; a guest that is off has no id and is one", () => {
  expect([0, 1, -1].map((id) => xen.isGuest({ ...dom, id }))).toEqual([false, true, true]);
});

test("a Xen guest is reset by ending and starting it", async () => {
  const { connection, calls } = libvirt({ domainDestroyFlags: () => ({}), domainCreateWithFlags: () => ({ dom }) });
  await xen.reset(connection, dom);
  expect(calls).toEqual(["domainDestroyFlags", "domainCreateWithFlags"]);
});

describe("the uuid of a Xen host", () => {
  const files = (content: Readonly<Record<string, string>>) => async () => ({
    readFile: async (path: string) => {
      const text = content[path];
      if (text === undefined) throw new SshFileError("read", path, new Error("no such file"));
      return Buffer.from(text);
    },
  });
  const firmware = "/sys/class/dmi/id/product_uuid";

  it.each([
    ["libvirt's own", uuid, {}, uuid],
    ["else the firmware's", null, { [firmware]: "0B0E0000-0000-4000-8000-000000000021\n" }, uuid],
    ["else the installation's", null, { "/etc/machine-id": "0b0e0000000040008000000000000021\n" }, uuid],
    ["not one of zeros only", null, { [firmware]: "00000000-0000-0000-0000-000000000000\n" }, null],
    ["none when the machine has none", null, {}, null],
  ])("is %s", async (_, told, content, expected) => {
    expect(await xen.hostUuid(told, files(content))).toBe(expected);
  });
});

test("the size of a Xen guest's disk is that of its file", async () => {
  const xml = `<domain type='xen'><name>pv1</name><uuid>${uuid}</uuid><memory>1024</memory><os><type arch='x86_64' machine='xenpv'>linux</type></os>
    <devices><disk type='file'><source file='/images/pv1.img'/><target dev='xvda'/></disk></devices></domain>`;
  const { connection } = libvirt({ domainGetXmlDesc: () => ({ xml }) });
  const session = {
    exec: async () => ({ code: 0, stdout: "81a4 0 0\n", stderr: "" }),
    files: { stat: async () => ({ size: 4096 }) },
  } as unknown as SshSession;
  expect(await xen.diskSize({ connection, session: async () => session }, dom, "xvda")).toEqual({
    capacityBytes: 4096,
    allocationBytes: 4096,
    physicalBytes: 4096,
  });
});
