import type { DeviceFacts, GuestDisk, NetworkSource } from "@ferry/core";
import { describe, expect, it } from "vitest";
import type { DiskFacts } from "../src/facts.ts";
import { backingFiles, copies } from "../src/move-plan.ts";
import { planDisks } from "../src/policy/plan-disks.ts";
import { diskFacts, type FactChanges, guest, guestDisk, hostFacts, moveFacts, pool, volume } from "./support/move-facts.ts";

const PATH = "/images/lm001.qcow2";
const SHADOW = { path: "/etc/shadow", format: "raw" };
const base = volume("/base/debian.qcow2", { pool: "base", format: "raw", capacityBytes: 100, fileBytes: 60 });
const basePool = pool({ name: "base", path: "/base" });
const onBase = guestDisk({ backing: [{ path: base.path, format: "raw" }] });
const withPools = (...pools: (typeof basePool)[]) => ({ host: hostFacts({ hostUuid: "x", pools }) });

/** The only disk, changed; what is known of it, changed; and the destination. */
const disk = (change: Partial<GuestDisk>, destination: FactChanges["destination"] = {}, facts: Partial<DiskFacts> = {}): FactChanges => ({
  source: { guest: guest({ disks: [guestDisk(change)] }), disks: [diskFacts(facts)] },
  destination: destination ?? {},
});
/** One disk on a base. */
const overlay = (destination: FactChanges["destination"] = withPools(pool(), basePool)): FactChanges => ({
  source: { guest: guest({ disks: [onBase] }), disks: [diskFacts({ backing: [base] })] },
  destination: destination ?? {},
});

const plansOf = (changes: FactChanges) => planDisks(moveFacts(changes));
const planned = (changes: FactChanges) => plansOf(changes)[0];
/** The action, or the reason why there is none. */
const outcome = (changes: FactChanges, index = 0) => {
  const plan = plansOf(changes)[index];
  return plan?.action === "immovable" ? plan.reason : plan?.action;
};

describe("a local disk", () => {
  it("is copied to the pool of the same directory under its name", () => {
    const other = pool({ name: "ssd", path: "/images" });
    expect(planned({ destination: withPools(pool({ path: "/elsewhere" }), other) })).toMatchObject({
      action: "copy",
      reason: "a local qcow2 file",
      pool: "ssd",
      path: PATH,
      sourcePath: PATH,
      backing: null,
      chain: [],
      defined: true,
    });
  });

  it("goes to the pool of the same name when no pool has the directory", () => {
    expect(planned({ destination: withPools(pool({ path: "/srv/vm" })) })).toMatchObject({ pool: "default", path: "/srv/vm/lm001.qcow2" });
  });

  it("keeps its format when it is raw", () => {
    expect(planned(disk({ format: "raw" }))).toMatchObject({ action: "copy", format: "raw", reason: "a local raw file" });
  });

  it.each<[string, FactChanges, string | undefined]>([
    ["an empty drive", disk({ device: "cdrom", source: { type: "none" } }), "none"],
    ["a volume of the pool", disk({ source: { type: "volume", pool: "default", volume: "lm001.qcow2" } }), "copy"],
    ["a file in no pool", disk({}, {}, { volume: null }), `${PATH} lies in no active storage pool of the source`],
    ["a shareable disk", disk({ shareable: true }), "it is marked shareable"],
    ["a disk without format", disk({ format: null }), "its declared format is missing"],
    ["a vmdk", disk({ format: "vmdk" }), "its declared format is vmdk"],
    ["a directory shown as a disk", disk({ source: { type: "other", words: "dir" } }), "its source of type dir is bound to the host"],
    ["a writable CD-ROM", disk({ device: "cdrom" }), `its medium ${PATH} is writable and lies on the source`],
    ["a writable floppy", disk({ device: "floppy", format: "raw" }), `its medium ${PATH} is writable and lies on the source`],
    [
      "no pool to go to",
      disk({}, withPools(pool({ name: "other", path: "/other" }))),
      "no pool of the destination has the directory or the name of pool default",
    ],
    [
      "only a volume group to go to",
      disk({}, withPools(pool({ type: "logical", path: "/dev/vg" }))),
      "no pool of the destination has the directory or the name of pool default",
    ],
  ])("%s", (_what, changes, wanted) => {
    expect(outcome(changes)).toBe(wanted);
  });

  it("is known to be attached to the running guest only", () => {
    expect(planned({ source: { persistent: guest({ disks: [] }) } })).toMatchObject({ defined: false });
    expect(planned({ source: { persistent: null } })).toMatchObject({ defined: true });
  });
});

describe("a file on shared storage", () => {
  const shared = { sharedPaths: [PATH] };
  const volumeSource = { type: "volume", pool: "default", volume: "lm001.qcow2" } as const;

  it("stays, with the proof as the reason", () => {
    expect(planned(disk({}, shared))).toEqual({
      action: "shared",
      target: "vda",
      reason: "kvm1 saw a marker that kvm2 wrote beside it",
      sourcePath: PATH,
    });
  });

  it.each<[string, FactChanges, string]>([
    ["an ISO", disk({ device: "cdrom", readOnly: true, format: "raw" }, shared), "shared"],
    ["a raw file", disk({ format: "raw" }, shared), "shared"],
    ["a shareable disk", disk({ shareable: true }, shared), "shared"],
    ["a volume in a pool of the same name", disk({ source: volumeSource }, { ...shared, volumes: { [PATH]: volume() } }), "shared"],
    [
      "a volume in a pool of another name",
      disk({ source: volumeSource }, { ...shared, volumes: { [PATH]: volume(undefined, { pool: "nfs" }) } }),
      "its storage pool default is named nfs at the destination",
    ],
    ["an overlay on a local base", overlay(shared), "its backing file /base/debian.qcow2 is not on shared storage"],
    ["an overlay on a shared base", overlay({ sharedPaths: [PATH, base.path] }), "shared"],
    [
      "an overlay on a file in no pool",
      { source: { guest: guest({ disks: [onBase] }), disks: [diskFacts({ backing: [null] })] }, destination: shared },
      "its backing file /base/debian.qcow2 lies in no pool of the source",
    ],
  ])("%s", (_what, changes, wanted) => {
    expect(outcome(changes)).toBe(wanted);
  });
});

describe("an overlay", () => {
  it("is copied without its base, which is brought under its path when it is missing", () => {
    const plan = planned(overlay());
    expect(plan).toMatchObject({ action: "copy", backing: { path: base.path, format: "raw" } });
    expect(plan?.reason).toBe("a local layer on /base/debian.qcow2: only the layer is copied");
    expect(plan?.action === "copy" && plan.chain).toMatchObject([
      { sourcePath: base.path, path: base.path, pool: "base", format: "raw", present: false },
    ]);
  });

  it("has a base that is there compared before use", () => {
    const plan = planned(overlay({ ...withPools(pool()), volumes: { [base.path]: base } }));
    expect(plan?.action === "copy" && plan.chain).toMatchObject([{ path: base.path, pool: "base", present: true }]);
  });

  it("leaves a base on shared storage alone", () => {
    const plan = planned(overlay({ sharedPaths: [base.path], volumes: { [base.path]: base } }));
    expect(plan).toMatchObject({ action: "copy", backing: { path: base.path }, chain: [] });
  });

  it.each<[string, FactChanges, string]>([
    [
      "a base of another size",
      overlay({ volumes: { [base.path]: { ...base, capacityBytes: 99 } } }),
      "the destination has another file at its backing path /base/debian.qcow2",
    ],
    [
      "no pool for the base",
      overlay(withPools(pool())),
      "no pool of the destination has the directory of its backing file /base/debian.qcow2",
    ],
    [
      "a base outside all pools",
      { source: { guest: guest({ disks: [onBase] }), disks: [diskFacts({ backing: [null] })] } },
      "a file of its backing chain lies in no pool of the source",
    ],
    [
      "a base without format",
      { source: { guest: guest({ disks: [onBase] }), disks: [diskFacts({ backing: [{ ...base, format: null }] })] } },
      "its backing file /base/debian.qcow2 has format unknown",
    ],
  ])("cannot move with %s", (_what, changes, reason) => {
    expect(outcome(changes)).toBe(reason);
  });
});

describe("a read-only image", () => {
  const ISO = "/images/debian.iso";
  const iso = volume(ISO, { format: "iso", capacityBytes: 700, fileBytes: 700 });
  const drive = { device: "cdrom", readOnly: true, format: "raw", source: { type: "file", path: ISO } } as const;
  const inDrive = (destination: FactChanges["destination"] = {}) => disk(drive, destination, { path: ISO, volume: iso });

  it("is brought as it is, to the place that its pool has at the destination", () => {
    const file = {
      sourcePath: ISO,
      path: "/srv/vm/debian.iso",
      pool: "default",
      name: "debian.iso",
      format: "raw",
      fileBytes: 700,
      present: false,
    };
    expect(planned(inDrive(withPools(pool({ path: "/srv/vm" }))))).toMatchObject({
      action: "bring",
      reason: "a local read-only image",
      sourcePath: ISO,
      path: "/srv/vm/debian.iso",
      chain: [file],
    });
  });

  it("is compared when the destination has a file of its length there", () => {
    expect(backingFiles({ disks: plansOf(inDrive({ volumes: { [ISO]: iso } })) })).toMatchObject([{ path: ISO, present: true }]);
  });

  it("is brought with its base, the base first", () => {
    const plans = plansOf(disk({ readOnly: true, backing: onBase.backing }, withPools(pool(), basePool), { backing: [base] }));
    expect(plans[0]?.action).toBe("bring");
    expect(backingFiles({ disks: plans }).map(({ path }) => path)).toEqual([base.path, PATH]);
  });

  it("is brought once for two drives", () => {
    const facts: FactChanges = {
      source: {
        guest: guest({ disks: [guestDisk({ ...drive, target: "sda" }), guestDisk({ ...drive, target: "sdb" })] }),
        disks: ["sda", "sdb"].map((target) => diskFacts({ target, path: ISO, volume: iso })),
      },
    };
    expect(plansOf(facts).map(({ action }) => action)).toEqual(["bring", "bring"]);
    expect(backingFiles({ disks: plansOf(facts) })).toHaveLength(1);
  });

  it.each<[string, FactChanges, string]>([
    [
      "the destination has a longer file there",
      inDrive({ volumes: { [ISO]: { ...iso, fileBytes: 701 } } }),
      "the destination has another file at /images/debian.iso, the place of its read-only image",
    ],
    ["its header names a file of the host", disk({ readOnly: true }, {}, { volume: volume(PATH, { backing: SHADOW }) }), headerOf(PATH)],
  ])("cannot move when %s", (_what, changes, reason) => {
    expect(outcome(changes)).toBe(reason);
  });
});

/** The words that refuse an image whose header was crafted. */
function headerOf(path: string, named = SHADOW.path): string {
  return `the header of its image ${path} names ${named}, which its definition does not declare`;
}

describe("an image whose header names a file of the host", () => {
  const crafted = volume(PATH, { backing: SHADOW });

  it("does not make that file a part of the move: a full copy reads through QEMU and gets a header of its own", () => {
    expect(planned(disk({}, {}, { volume: crafted }))).toMatchObject({ action: "copy", backing: null, chain: [] });
  });

  it.each<[string, FactChanges, string]>([
    ["shared as it is", disk({}, { sharedPaths: [PATH] }, { volume: crafted }), headerOf(PATH)],
    ["shared, and raw as declared", disk({ format: "raw" }, { sharedPaths: [PATH] }, { volume: crafted }), "shared"],
    [
      "declared by libvirt, which read it from the header",
      disk({ backing: [{ path: SHADOW.path, format: "raw" }] }, {}, { volume: crafted, backing: [null] }),
      "a file of its backing chain lies in no pool of the source",
    ],
    [
      "a base that is crafted",
      disk({ backing: [{ path: "/base/b.qcow2", format: "qcow2" }] }, withPools(pool(), basePool), {
        backing: [volume("/base/b.qcow2", { pool: "base", backing: SHADOW })],
      }),
      headerOf("/base/b.qcow2"),
    ],
    [
      "a raw base whose first bytes the guest wrote",
      disk({ backing: [{ path: "/base/b.img", format: "raw" }] }, withPools(pool(), basePool), {
        backing: [volume("/base/b.img", { pool: "base", format: "raw", backing: SHADOW })],
      }),
      "copy",
    ],
    [
      "another file than the declared one",
      disk({ backing: onBase.backing }, { sharedPaths: [PATH, base.path] }, { volume: crafted, backing: [base] }),
      headerOf(PATH),
    ],
  ])("%s", (_what, changes, wanted) => {
    expect(outcome(changes)).toBe(wanted);
  });
});

describe("a network disk", () => {
  const nfs = (change: Partial<NetworkSource> = {}, portals: Record<string, "open" | "refused" | "silent" | "forbidden"> = {}) =>
    disk(
      {
        source: {
          type: "network",
          protocol: "nfs",
          name: "/export/a.qcow2",
          hosts: [{ name: "198.18.0.9", port: null }],
          socket: null,
          secret: null,
          ...change,
        },
      },
      { portals },
    );
  const iscsi = { protocol: "iscsi", hosts: ["a", "b"].map((name) => ({ name, port: 3260 })) };

  const secretly = (secrets: Record<string, boolean>): FactChanges => {
    const { source, destination } = nfs({ ...iscsi, secret: { type: "iscsi", usage: "san" } }, { "a:3260": "open" });
    return { source: source ?? {}, destination: { ...destination, secrets } };
  };

  it("is shared, and says which servers the destination reaches", () => {
    expect(planned(nfs({}, { "198.18.0.9:2049": "open" }))).toEqual({
      action: "shared",
      target: "vda",
      reason: "kvm2 reaches its server at 198.18.0.9:2049",
      sourcePath: null,
    });
  });

  it.each<[string, FactChanges, string]>([
    ["one of two portals answers", nfs(iscsi, { "a:3260": "silent", "b:3260": "open" }), "shared"],
    ["the destination's sshd forbids the probe", nfs({}, { "198.18.0.9:2049": "forbidden" }), "shared"],
    ["a file of the host names the servers", nfs({ protocol: "rbd", hosts: [] }), "shared"],
    [
      "no server answers",
      nfs(iscsi, { "a:3260": "silent", "b:3260": "refused" }),
      "kvm2 does not reach the server of iscsi:/export/a.qcow2 at a:3260 or b:3260",
    ],
    ["its secret is there", secretly({ "san (iscsi)": true }), "shared"],
    ["its secret is not there", secretly({ "san (iscsi)": false }), "kvm2 lacks the secret san (iscsi) that opens iscsi:/export/a.qcow2"],
    [
      "its server is the host itself",
      nfs({ hosts: [{ name: "127.0.0.1", port: null }] }),
      "nfs:/export/a.qcow2 is served at 127.0.0.1, which is another server on each host",
    ],
    [
      "its server is behind a socket of the host",
      nfs({ protocol: "nbd", name: "a", hosts: [], socket: "/run/nbd.sock" }),
      "nbd:a is served at /run/nbd.sock, which is another server on each host",
    ],
  ])("%s", (_what, changes, wanted) => {
    expect(outcome(changes)).toBe(wanted);
  });
});

describe("a block device", () => {
  const LUN = "/dev/mapper/lun0";
  const unit: DeviceFacts = { sizeBytes: 1024, worldWideId: "naa.600140", kernelId: "boot1 253:0" };
  const elsewhere = { ...unit, kernelId: "boot2 253:4" };
  const onLun = (there: DeviceFacts | null, here: DeviceFacts | null = unit, source: GuestDisk["source"] = { type: "block", path: LUN }) =>
    disk({ source, format: "raw" }, { devices: { [LUN]: there } }, { path: LUN, volume: null, device: here });
  const logical = { type: "volume", pool: "vg", volume: "lun0" } as const;

  it("is shared when both hosts see one unit, whatever number their kernels give it", () => {
    expect(planned(onLun(elsewhere))).toEqual({
      action: "shared",
      target: "vda",
      reason: "both hosts see the unit naa.600140",
      sourcePath: LUN,
    });
  });

  it.each<[string, FactChanges, string]>([
    ["the same device of one kernel", onLun({ ...unit, worldWideId: null }, { ...unit, worldWideId: null }), "shared"],
    ["no such device there", onLun(null), "kvm2 has no block device /dev/mapper/lun0"],
    [
      "another unit under that path",
      onLun({ ...elsewhere, worldWideId: "naa.600141" }),
      `${LUN} is not proven to be one device for both hosts: it has naa.600140 at the source and naa.600141 at the destination`,
    ],
    [
      "one name, two sizes",
      onLun({ ...elsewhere, sizeBytes: 512 }),
      `${LUN} is not proven to be one device for both hosts: it has 1024 bytes at the source and 512 at the destination`,
    ],
    [
      "a path, and nothing else in common",
      onLun({ ...elsewhere, worldWideId: null }, { ...unit, worldWideId: null }),
      `${LUN} is not proven to be one device for both hosts: it has no world-wide name at the source and no world-wide name at the destination`,
    ],
    ["a path that is no device", onLun(unit, null), `the source does not tell what device ${LUN} is`],
  ])("%s", (_what, changes, wanted) => {
    expect(outcome(changes)).toBe(wanted);
  });

  it("named as a volume needs its pool at the destination", () => {
    const vg = pool({ name: "vg", type: "logical", path: "/dev/vg" });
    const facts = (...there: (typeof vg)[]): FactChanges => {
      const { source, destination } = onLun(elsewhere, unit, logical);
      return { source: { ...source, host: hostFacts({ pools: [vg] }) }, destination: { ...destination, ...withPools(...there) } };
    };
    expect(outcome(facts(vg))).toBe("shared");
    expect(outcome(facts({ ...vg, active: false }))).toBe("the destination has no running pool vg");
  });

  it("of a pool without paths is named by its remedy", () => {
    const rbd = pool({ name: "vg", type: "rbd", path: null });
    const { source } = onLun(null, null, logical);
    const [plan] = plansOf({ source: { ...source, host: hostFacts({ pools: [rbd] }), disks: [diskFacts({ path: null, volume: null })] } });
    expect(plan).toMatchObject({ action: "immovable", remedy: "Name the device or the network disk itself in the definition." });
  });
});

describe("several disks", () => {
  const two = (second: Partial<DiskFacts>, first: Partial<DiskFacts> = {}, destination: FactChanges["destination"] = {}): FactChanges => ({
    source: {
      guest: guest({
        disks: [
          first.backing ? onBase : guestDisk(),
          guestDisk({ target: "vdb", source: { type: "file", path: "/x" }, backing: second.backing ? onBase.backing : [] }),
        ],
      }),
      disks: [diskFacts(first), diskFacts({ target: "vdb", ...second })],
    },
    destination: { ...withPools(pool(), basePool), ...destination },
  });

  it("move together when one is shared and one is copied", () => {
    const facts = two({ path: "/srv/b.qcow2", volume: volume("/srv/b.qcow2") }, {}, { sharedPaths: ["/srv/b.qcow2"] });
    expect(plansOf(facts).map(({ target, action }) => `${target} ${action}`)).toEqual(["vda copy", "vdb shared"]);
  });

  it("count a base of two disks once", () => {
    const plan = { disks: plansOf(two({ backing: [base], volume: volume("/images/b.qcow2") }, { backing: [base] })) };
    expect(copies(plan)).toHaveLength(2);
    expect(backingFiles(plan).map((layer) => layer.path)).toEqual([base.path]);
  });

  it("cannot get one place", () => {
    expect(outcome(two({ volume: volume("/b/lm001.qcow2") }), 1)).toBe(`it would get the place of disk vda, ${PATH}`);
  });

  it("refuse one whose base is not declared beside one that is copied without its base", () => {
    const hidden = volume("/images/b.qcow2", { backing: { path: "/base/old.qcow2", format: "qcow2" } });
    expect(outcome(two({ volume: hidden }, { backing: [base] }), 1)).toBe(
      "its image stands on /base/old.qcow2, which its live definition does not declare",
    );
    expect(outcome(two({ volume: hidden }), 1)).toBe("copy");
  });
});
