import { type GuestDefinition, type MoveOutcome, usualOutcome, type Verdict } from "@ferry/core";
import {
  destinationId,
  diskFacts,
  type FactChanges,
  guest,
  guestDisk,
  hostFacts,
  networkCard,
  order,
  pool,
  record,
  seen,
  silent,
  sourceId,
  volume,
} from "./move-facts.ts";

/** One situation of one check, and what it must say. */
export type Row = [situation: string, changes: FactChanges, verdict: Verdict, sentence: string];

const unreachable = { code: "HOST_UNREACHABLE", sentence: "Cannot reach host kvm2." } as const;
export const silentSource: NonNullable<FactChanges["source"]> = {
  host: null,
  guest: null,
  problem: { ...unreachable, sentence: "Cannot reach host kvm1." },
  observation: silent,
};
export const silentDestination: NonNullable<FactChanges["destination"]> = { host: null, problem: unreachable, observation: silent };
const onBridge = networkCard({ type: "bridge", source: "br0" });
const filter = (rulesXml: string, filtersIp = false) => ({ name: "web", uuid: "u", rulesXml, references: [], filtersIp });
const shared: FactChanges["destination"] = {
  sharedPaths: ["/images/lm001.qcow2"],
  volumes: { "/images/lm001.qcow2": volume() },
};
const sourceUnknown = (side = "source"): Row =>
  side === "source"
    ? ["the source is silent", { source: silentSource }, "unknown", "Not checked: kvm1 did not answer."]
    : ["the destination is silent", { destination: silentDestination }, "unknown", "Not checked: kvm2 did not answer."];
const isoDrive = guestDisk({
  target: "sda",
  device: "cdrom",
  readOnly: true,
  format: "raw",
  source: { type: "file", path: "/images/a.iso" },
});
/** A medium in a drive beside the disk, both on the source. */
const withIso: FactChanges["source"] = {
  guest: guest({ disks: [guestDisk(), isoDrive] }),
  disks: [diskFacts(), diskFacts({ target: "sda", path: "/images/a.iso", volume: volume("/images/a.iso", { fileBytes: 1024 ** 3 }) })],
};
const wants = (outcome: Partial<MoveOutcome>): NonNullable<FactChanges["order"]> => ({ outcome: { ...usualOutcome, ...outcome } });
const rbd = { type: "network", protocol: "rbd", name: "p/v", hosts: [], socket: null, secret: null } as const;
const bothUnknown: Row[] = [sourceUnknown(), sourceUnknown("destination")];

const resizedTo = (memoryMiB: number, vcpus: number, rootGiB: number): NonNullable<FactChanges["order"]> => ({
  mode: "cold",
  resize: {
    from: { flavor: null, memoryMiB: 256, vcpus: 1, rootGiB: 10 },
    to: { id: "c9", name: "c9", memoryMiB, vcpus, rootGiB, extraSpecs: {} },
  },
});
const definedAs = (definition: GuestDefinition): NonNullable<FactChanges["source"]> => ({ guest: definition, persistent: definition });
const guestOfCells = guest({ cpuXml: "<cpu><numa><cell id='0' cpus='0' memory='262144'/></numa></cpu>" });
const guestOfSockets = guest({ cpuXml: "<cpu><topology sockets='1' cores='1' threads='1'/></cpu>" });

/** Every check by its key, with each thing that it may say. */
export const checkRows: Record<string, Row[]> = {
  "server-is-running": [
    ["running", {}, "pass", "Server lm001 is running on kvm1."],
    ["paused", { source: { observation: seen("paused", "user") } }, "pass", "Server lm001 is paused on kvm1."],
    [
      "shut off",
      { source: { observation: seen("shutoff") } },
      "fail",
      "Cannot move server lm001: it is shutoff on kvm1, must be running or paused.",
    ],
    ["cold, shut off", { order: { mode: "cold" }, source: { observation: seen("shutoff") } }, "pass", "Server lm001 is shutoff on kvm1."],
    [
      "cold, paused",
      { order: { mode: "cold" }, source: { observation: seen("paused", "user") } },
      "fail",
      "Cannot move server lm001: it is paused on kvm1, must be running or shut off.",
    ],
    ["saved, paused", { order: { mode: "saved" }, source: { observation: seen("paused") } }, "pass", "Server lm001 is paused on kvm1."],
    [
      "saved, shut off",
      { order: { mode: "saved" }, source: { observation: seen("shutoff") } },
      "fail",
      "Cannot move server lm001: it is shutoff on kvm1, must be running or paused.",
    ],
    ["offline, running", { order: { mode: "offline" } }, "fail", "Cannot move server lm001: it is running on kvm1, must be shut off."],
    ["gone", { source: { observation: { kind: "absent" } } }, "fail", "Cannot move server lm001: it is not on kvm1."],
    [
      "in somebody's migration",
      { source: { observation: seen("running", "other", "outgoing") } },
      "fail",
      "Cannot move server lm001: it has a migration job on kvm1 that is not ferry's.",
    ],
    sourceUnknown(),
  ],
  "mode-fits": [
    ["live", {}, "pass", "A live move leaves nothing behind that has to be kept."],
    ["cold", { order: { mode: "cold" } }, "pass", "The server can be moved cold: its source keeps the disks until it is confirmed."],
    ["saved", { order: { mode: "saved" } }, "pass", "The server's running state can be saved and moved."],
    [
      "offline, shared",
      { order: { mode: "offline" }, destination: shared },
      "pass",
      "Both hosts see the server's disks; its definition moves alone.",
    ],
    [
      "offline, a local disk",
      { order: { mode: "offline" } },
      "fail",
      "An offline move carries no disks, and these are on kvm1 alone: vda.",
    ],
    [
      "a transient server",
      { order: { mode: "cold" }, source: { persistent: null } },
      "fail",
      "Server lm001 has no persistent definition on kvm1, so it could not be started again.",
    ],
    [
      "suspended to disk",
      { order: { mode: "cold" }, source: { suspended: true } },
      "fail",
      "Server lm001 is suspended to the disk of kvm1; its memory would be lost.",
    ],
    [
      "defined there already",
      { order: { mode: "cold" }, destination: { observation: seen("shutoff") } },
      "fail",
      "kvm2 has a definition of this server already; only a live move replaces it.",
    ],
    [
      "cold, an image whose header names a file that the definition does not",
      {
        order: { mode: "cold" },
        source: { disks: [diskFacts({ volume: volume(undefined, { backing: { path: "/base/b.qcow2", format: "qcow2" } }) })] },
      },
      "fail",
      "Disk vda cannot move: the header of its image /images/lm001.qcow2 names /base/b.qcow2, which its definition does not declare.",
    ],
    [
      "saved, no pool in common",
      {
        order: { mode: "saved" },
        destination: { ...shared, host: hostFacts({ pools: [pool({ name: "other", path: "/other" })] }) },
      },
      "fail",
      "No running file pool of kvm1 has its like on kvm2, so the saved state has no place.",
    ],
    ...bothUnknown,
  ],
  "services-up": [
    ["both up", {}, "pass", "kvm1 and kvm2 are up."],
    [
      "the source is silent",
      { source: silentSource },
      "fail",
      "Compute service of kvm1 is unavailable at this time. Cannot reach host kvm1.",
    ],
    [
      "the destination is silent",
      { destination: silentDestination },
      "fail",
      "Compute service of kvm2 is unavailable at this time. Cannot reach host kvm2.",
    ],
    [
      "forced down",
      { destination: { record: record(destinationId, "kvm2", { forcedDown: true }) } },
      "fail",
      "Compute service of kvm2 is unavailable at this time. It is forced down.",
    ],
    [
      "in quarantine",
      { source: { record: record(sourceId, "kvm1", { state: "quarantined" }) } },
      "fail",
      "Compute service of kvm1 is unavailable at this time. It is in quarantine because its SSH host key changed.",
    ],
    [
      "disabled",
      { destination: { record: record(destinationId, "kvm2", { enabled: false }) } },
      "fail",
      "Cannot move to kvm2: it is disabled as a destination.",
    ],
    [
      "disabled, forced",
      { order: { force: true }, destination: { record: record(destinationId, "kvm2", { enabled: false }) } },
      "warn",
      "kvm2 is disabled as a destination; forced.",
    ],
    ["the destination was not asked", { destination: { host: null } }, "pass", "kvm1 and kvm2 are up."],
  ],
  permission: [
    ["both answer", {}, "pass", "ferry may manage guests on kvm1 and kvm2."],
    [
      "a login is refused",
      { destination: { host: null, problem: { code: "HOST_LOGIN_REFUSED", sentence: "Cannot log in to host kvm2." } } },
      "fail",
      "ferry has no read-write access to libvirt on kvm2. Cannot log in to host kvm2.",
    ],
    ...bothUnknown,
  ],
  "destination-exists": [["known", {}, "pass", "The destination is kvm2 at 198.18.0.2."]],
  "destination-is-another-host": [
    ["another", {}, "pass", "kvm2 is another host than kvm1."],
    [
      "the source itself",
      { destination: { record: record(sourceId, "kvm1"), host: null } },
      "fail",
      `Unable to migrate instance (${order.serverId}) to current host (kvm1).`,
    ],
    [
      "a clone with the same uuid",
      { destination: { host: hostFacts() } },
      "fail",
      "kvm1 and kvm2 report the same host uuid 33333333-3333-4333-8333-333333333333; libvirt takes them for one host.",
    ],
    ...bothUnknown,
  ],
  "size-possible": [
    ["to keep its size", {}, "pass", "The server keeps its size."],
    ["to be larger", { order: resizedTo(512, 2, 20) }, "pass", "The server can have 512 MiB of memory and 2 processors."],
    [
      "of cells, to the same memory and processors",
      { order: resizedTo(256, 1, 20), source: definedAs(guestOfCells) },
      "pass",
      "The server can have 256 MiB of memory and 1 processors.",
    ],
    [
      "of cells",
      { order: resizedTo(512, 1, 0), source: definedAs(guestOfCells) },
      "fail",
      "Cannot resize server lm001: its definition shares memory and processors out to NUMA cells.",
    ],
    [
      "of sockets",
      { order: resizedTo(256, 2, 0), source: definedAs(guestOfSockets) },
      "fail",
      "Cannot resize server lm001: its definition says how many sockets, cores and threads its processors are.",
    ],
    [
      "to a smaller disk",
      { order: resizedTo(512, 2, 5) },
      "fail",
      "Cannot resize server lm001: its disk vda has 10737418240 bytes, the flavor's 5368709120, and a disk does not shrink.",
    ],
    [
      "to a larger disk on shared storage",
      { order: resizedTo(512, 2, 20), destination: shared },
      "fail",
      "Cannot resize server lm001: its disk vda is on storage that both hosts see, where it would have to grow in its place and could not be given back.",
    ],
    [
      "to a disk that it has not",
      { order: resizedTo(512, 2, 20), source: { guest: guest({ disks: [] }), disks: [] } },
      "fail",
      "Cannot resize server lm001: it has no disk that could get the flavor's size.",
    ],
    ...bothUnknown,
  ],
  "group-policy": [
    ["in no group", {}, "pass", "The server is in no server group."],
    [
      "in a group whose others are elsewhere",
      { order: { group: { policy: "anti-affinity", maxServerPerHost: null, others: { [sourceId]: 1 } } } },
      "pass",
      "kvm2 suits the server's group (anti-affinity).",
    ],
    [
      "kept apart from one that is there",
      { order: { group: { policy: "anti-affinity", maxServerPerHost: null, others: { [destinationId]: 1 } } } },
      "fail",
      "kvm2 cannot take the server: 1 of the server's group is there, at most 1 may be (anti-affinity).",
    ],
    [
      "together with one that stays",
      { order: { group: { policy: "affinity", maxServerPerHost: null, others: { [sourceId]: 1 } } } },
      "fail",
      "kvm2 cannot take the server: the server's group is together on another host (affinity).",
    ],
    [
      "together with one that was left on a dead host too",
      { order: { mode: "evacuate", group: { policy: "affinity", maxServerPerHost: null, others: { [sourceId]: 1 } } } },
      "pass",
      "kvm2 suits the server's group (affinity).",
    ],
    [
      "softly apart from one that is there",
      { order: { group: { policy: "soft-anti-affinity", maxServerPerHost: null, others: { [destinationId]: 1 } } } },
      "pass",
      "kvm2 suits the server's group (soft-anti-affinity).",
    ],
  ],
  "destination-has-memory": [
    ["enough", {}, "pass", "kvm2 has 3584 MiB free for guests, the server needs 256 MiB."],
    [
      "claimed by others",
      { destination: { claimedMiB: 3328 } },
      "fail",
      `Unable to migrate ${order.serverId} to kvm2: Lack of memory(host:256 <= instance:256), in MiB.`,
    ],
    [
      "short, forced",
      { order: { force: true }, destination: { claimedMiB: 3484 } },
      "warn",
      "kvm2 has 100 MiB free for guests, the server needs 256 MiB; forced.",
    ],
    ...bothUnknown,
  ],
  "hypervisor-type": [
    ["equal", {}, "pass", "Both hosts run QEMU."],
    [
      "other",
      { destination: { host: hostFacts({ hypervisorType: "Xen" }) } },
      "fail",
      "The supplied hypervisor type is invalid: kvm2 runs Xen, must run QEMU as kvm1 does.",
    ],
    ...bothUnknown,
  ],
  "hypervisor-version": [
    ["equal", {}, "pass", "kvm2 has QEMU 7.2.22, not older than 7.2.22."],
    [
      "older",
      { destination: { host: hostFacts({ hypervisorVersion: 7_001_000 }) } },
      "fail",
      "The instance requires a newer hypervisor version than has been provided: kvm2 has 7.1.0, kvm1 has 7.2.22.",
    ],
    ...bothUnknown,
  ],
  "cpu-compatible": [
    ["superset", {}, "pass", "kvm2 provides the server's CPU."],
    ["identical", { destination: { cpu: "identical" } }, "pass", "kvm2 provides the server's CPU."],
    [
      "incompatible",
      { destination: { cpu: "incompatible" } },
      "fail",
      "Unacceptable CPU info: CPU doesn't have compatibility. kvm2 does not provide the CPU that the server has.",
    ],
    [
      "not comparable",
      { destination: { cpu: "unsupported" } },
      "warn",
      "libvirt on kvm2 cannot compare CPUs; its hypervisor will refuse a CPU that it lacks, before the handover.",
    ],
    ["another architecture", { destination: { host: hostFacts({ arch: "aarch64" }) } }, "fail", "kvm2 is aarch64, kvm1 is x86_64."],
    ...bothUnknown,
  ],
  parameters: [
    ["auto, local", {}, "pass", "Disks to copy: vda; shared: none."],
    ["auto, shared", { destination: shared }, "pass", "Disks to copy: none; shared: vda."],
    ["block migration, local", { order: { blockMigration: true } }, "pass", "Disks to copy: vda; shared: none."],
    [
      "block migration, shared",
      { order: { blockMigration: true }, destination: shared },
      "fail",
      "kvm1 is not on local storage: Block migration can not be used with shared storage. Shared: vda.",
    ],
    [
      "shared storage, local",
      { order: { blockMigration: false } },
      "fail",
      "kvm1 is not on shared storage: Shared storage live-migration requires either shared storage or boot-from-volume with no local disks. Local: vda.",
    ],
    ["shared storage, shared", { order: { blockMigration: false }, destination: shared }, "pass", "Disks to copy: none; shared: vda."],
    [
      "block migration, a network volume beside a local disk",
      {
        order: { blockMigration: true },
        source: {
          guest: guest({ disks: [guestDisk(), guestDisk({ target: "vdb", source: rbd })] }),
        },
      },
      "pass",
      "Disks to copy: vda; shared: vdb.",
    ],
    [
      "shared storage, a local medium",
      { order: { blockMigration: false }, source: withIso, destination: shared },
      "fail",
      "kvm1 is not on shared storage: Shared storage live-migration requires either shared storage or boot-from-volume with no local disks. Local: sda.",
    ],
    [
      "block migration, a shared medium beside a local disk",
      {
        order: { blockMigration: true },
        source: withIso,
        destination: { sharedPaths: ["/images/a.iso"], volumes: { "/images/a.iso": volume("/images/a.iso") } },
      },
      "pass",
      "Disks to copy: vda; shared: none.",
    ],
    ["auto, a disk to copy and a medium to bring", { source: withIso }, "pass", "Disks to copy: vda, sda; shared: none."],
    [
      "block migration, network volumes only",
      {
        order: { blockMigration: true },
        source: { guest: guest({ disks: [guestDisk({ source: rbd })] }) },
      },
      "fail",
      "kvm1 is not on local storage: Block migration can not be used with shared storage. Shared: vda.",
    ],
    ...bothUnknown,
  ],
  "destination-has-room": [
    ["enough", {}, "pass", "2 GiB of disk content fit into the destination's pools."],
    ["nothing to copy", { destination: shared }, "pass", "No disk content has to be copied."],
    ["a medium to bring as well", { source: withIso }, "pass", "3 GiB of disk content fit into the destination's pools."],
    [
      "too little",
      { destination: { host: hostFacts({ hostUuid: "x", pools: [pool({ availableBytes: 1000 })] }) } },
      "fail",
      "Disk of instance is too large(available on destination host:1000 < need:2147483648): pool default of kvm2 has 1000 B free, 2 GiB are needed.",
    ],
    [
      "virtual size counts without over-commit",
      {
        order: { blockMigration: true, diskOverCommit: false },
        destination: { host: hostFacts({ hostUuid: "x", pools: [pool({ availableBytes: 2 * 1024 ** 3 })] }) },
      },
      "fail",
      "Disk of instance is too large(available on destination host:2147483648 < need:10737418240): pool default of kvm2 has 2 GiB free, 10 GiB are needed.",
    ],
    [
      "too little, forced",
      { order: { force: true }, destination: { host: hostFacts({ hostUuid: "x", pools: [pool({ availableBytes: 1000 })] }) } },
      "warn",
      "pool default of kvm2 has 1000 B free, 2 GiB are needed; forced.",
    ],
    [
      "a stopped pool",
      { destination: { host: hostFacts({ hostUuid: "x", pools: [pool({ active: false, availableBytes: 0 })] }) } },
      "warn",
      "Pool default of kvm2 is stopped, so its room is not known; 2 GiB are needed.",
    ],
    ...bothUnknown,
  ],
  "machine-supported": [
    ["known", {}, "pass", "kvm2 emulates pc-q35-7.2 on x86_64."],
    ["no emulator", { destination: { host: hostFacts({ machines: {} }) } }, "fail", "kvm2 has no emulator for kvm guests on x86_64."],
    [
      "unknown machine",
      { destination: { host: hostFacts({ machines: { "x86_64/kvm": ["pc"] } }) } },
      "fail",
      "kvm2 does not know the machine type pc-q35-7.2.",
    ],
    [
      "a missing kernel",
      { source: { guest: guest({ hostFiles: ["/boot/k"] }) }, destination: { hostFiles: { "/boot/k": false } } },
      "fail",
      "kvm2 lacks the file /boot/k that the server boots with.",
    ],
    [
      "no file for UEFI variables",
      { source: { guest: guest({ hostFiles: ["/nv/a.fd"], nvram: "/nv/a.fd" }) }, destination: { hostFiles: { "/nv/a.fd": false } } },
      "fail",
      "kvm2 lacks the file /nv/a.fd for the server's UEFI variables.",
    ],
    [
      "a file for UEFI variables, which its memory brings",
      { source: { guest: guest({ hostFiles: ["/nv/a.fd"], nvram: "/nv/a.fd" }) }, destination: { hostFiles: { "/nv/a.fd": true } } },
      "pass",
      "kvm2 emulates pc-q35-7.2 on x86_64.",
    ],
    [
      "UEFI variables that a cold move would leave behind, an old file of them there",
      {
        order: { mode: "cold" },
        source: { guest: guest({ hostFiles: ["/nv/a.fd"], nvram: "/nv/a.fd" }) },
        destination: { hostFiles: { "/nv/a.fd": true } },
      },
      "fail",
      "The server's UEFI variables are in /nv/a.fd on kvm1, and a move in the mode cold leaves them behind.",
    ],
    ...bothUnknown,
  ],
  "devices-movable": [
    ["none bound", {}, "pass", "No device of the server is bound to its host."],
    [
      "a bound device",
      { source: { guest: guest({ immovable: [{ what: "host device PCI 0000:03:00.0 passed through", remedy: "Detach it." }] }) } },
      "fail",
      "The server cannot move: its definition has host device PCI 0000:03:00.0 passed through.",
    ],
    [
      "a medium in the persistent definition only",
      { source: { persistent: guest({ immovable: [{ what: "cdrom sda holds /x.iso", remedy: "Eject." }] }) } },
      "fail",
      "The server cannot move: its persistent definition has cdrom sda holds /x.iso.",
    ],
    [
      "an unknown element",
      { source: { guest: guest({ unknownElements: ["domain/devices/foo"] }) } },
      "fail",
      "The server cannot move: its definition has the element domain/devices/foo, which ferry does not carry to another host.",
    ],
    sourceUnknown(),
  ],
  "definitions-agree": [
    ["equal", {}, "pass", "The server's persistent definition has the disks that it runs with."],
    ["a transient guest", { source: { persistent: null } }, "pass", "The server's persistent definition has the disks that it runs with."],
    [
      "a disk attached for the next start only",
      {
        source: { persistent: guest({ disks: [guestDisk(), guestDisk({ target: "vdb", source: { type: "file", path: "/images/b" } })] }) },
      },
      "fail",
      "The server's persistent definition has disk vdb at /images/b, with which it does not run.",
    ],
    [
      "one disk by path and as volume",
      { source: { persistent: guest({ disks: [guestDisk({ source: { type: "volume", pool: "default", volume: "lm001.qcow2" } })] }) } },
      "pass",
      "The server's persistent definition has the disks that it runs with.",
    ],
    ...bothUnknown,
  ],
  "disks-movable": [
    ["a local disk", {}, "pass", "Every disk can move: vda is copied (a local qcow2 file)."],
    ["no disk", { source: { guest: guest({ disks: [] }) } }, "pass", "The server has no disks."],
    [
      "a mixed guest",
      { source: withIso, destination: shared },
      "pass",
      "Every disk can move: vda is shared (kvm1 saw a marker that kvm2 wrote beside it); sda is brought (a local read-only image).",
    ],
    [
      "an empty drive",
      { source: { guest: guest({ disks: [guestDisk({ device: "cdrom", source: { type: "none" } })] }) } },
      "pass",
      "Every disk can move: vda stays (the drive is empty).",
    ],
    [
      "outside all pools",
      { source: { disks: [diskFacts({ volume: null })] } },
      "fail",
      "Disk vda cannot move: /images/lm001.qcow2 lies in no active storage pool of the source.",
    ],
    [
      "a block device that only the source has",
      {
        source: {
          guest: guest({ disks: [guestDisk({ source: { type: "block", path: "/dev/sdb" } })] }),
          disks: [diskFacts({ path: "/dev/sdb", volume: null, device: { sizeBytes: 1, worldWideId: null, kernelId: "a 8:16" } })],
        },
      },
      "fail",
      "Disk vda cannot move: kvm2 has no block device /dev/sdb.",
    ],
    [
      "a storage server that the destination does not reach",
      {
        source: { guest: guest({ disks: [guestDisk({ source: { ...rbd, hosts: [{ name: "mon1", port: null }] } })] }) },
        destination: { portals: { "mon1:6789": "silent" } },
      },
      "fail",
      "Disk vda cannot move: kvm2 does not reach the server of rbd:p/v at mon1:6789.",
    ],
    ...bothUnknown,
  ],
  "outcome-possible": [
    ["the usual one", {}, "pass", "Nothing is asked for but the usual end of a move."],
    ["to be left paused", { order: wants({ leave: "paused" }) }, "pass", "The server can be left as it is asked for."],
    [
      "of a paused server, to be left running",
      { order: wants({ leave: "running" }), source: { observation: seen("paused", "user") } },
      "fail",
      "Server lm001 is paused on kvm1 and would arrive paused, but is to be left running.",
    ],
    ["kept at the source, copied", { order: wants({ keepSource: true }) }, "pass", "The server can be left as it is asked for."],
    [
      "kept at the source, shared",
      { order: wants({ keepSource: true }), destination: shared },
      "fail",
      "The definition kept on kvm1 would open disks that kvm2 writes to: vda.",
    ],
    [
      "kept at the source, of a transient server",
      { order: wants({ keepSource: true }), source: { persistent: null } },
      "fail",
      "Server lm001 has no persistent definition on kvm1 that could be kept.",
    ],
    ["tunnelled, shared", { order: wants({ tunnelled: true }), destination: shared }, "pass", "The server can be left as it is asked for."],
    [
      "tunnelled, a local disk",
      { order: wants({ tunnelled: true }) },
      "fail",
      "libvirt copies no disks through a tunnel, and these would have to be copied: vda.",
    ],
    [
      "tunnelled, driven by ferry",
      { order: { ...wants({ tunnelled: true }), transport: "direct" }, destination: shared },
      "fail",
      "Only the source's libvirtd can tunnel (transport p2p), and only with QEMU.",
    ],
    [
      "asked of a cold move",
      { order: { ...wants({ leave: "paused" }), mode: "cold" } },
      "fail",
      "A cold move has its own end; what to leave behind can be asked of a live one only.",
    ],
    ...bothUnknown,
  ],
  "cache-modes-safe": [
    [
      "shared with a host cache, consented to",
      {
        order: wants({ unsafeCache: true }),
        source: { guest: guest({ disks: [guestDisk({ cache: "writeback" })] }) },
        destination: shared,
      },
      "warn",
      "Disk vda is on shared storage with cache mode writeback; both hosts would cache it during the move.",
    ],
    ["nothing shared", {}, "pass", "No shared disk of the server is cached by its host."],
    [
      "shared with a host cache",
      { source: { guest: guest({ disks: [guestDisk({ cache: null })] }) }, destination: shared },
      "fail",
      "Disk vda is on shared storage with cache mode default; both hosts would cache it during the move.",
    ],
    ...(["writeback", "writethrough", "unsafe"] as const).map(
      (cache): Row => [
        `shared with ${cache}`,
        { source: { guest: guest({ disks: [guestDisk({ cache })] }) }, destination: shared },
        "fail",
        `Disk vda is on shared storage with cache mode ${cache}; both hosts would cache it during the move.`,
      ],
    ),
    ...(["none", "directsync"] as const).map(
      (cache): Row => [
        `shared with ${cache}`,
        { source: { guest: guest({ disks: [guestDisk({ cache })] }) }, destination: shared },
        "pass",
        "No shared disk of the server is cached by its host.",
      ],
    ),
    [
      "copied with a host cache",
      { source: { guest: guest({ disks: [guestDisk({ cache: "writeback" })] }) } },
      "pass",
      "No shared disk of the server is cached by its host.",
    ],
    [
      "a shared medium that nobody writes",
      { source: { guest: guest({ disks: [guestDisk({ cache: null, readOnly: true })] }) }, destination: shared },
      "pass",
      "No shared disk of the server is cached by its host.",
    ],
    [
      "a network disk",
      { source: { guest: guest({ disks: [guestDisk({ cache: "writeback", source: rbd })] }) } },
      "pass",
      "No shared disk of the server is cached by its host.",
    ],
    ...bothUnknown,
  ],
  "shared-storage-recognised": [
    ["nothing shared", {}, "pass", "libvirt takes the server's shared storage for shared, as far as its mounts tell."],
    [
      "NFS",
      { destination: { ...shared, sharedFileSystems: { "/images/lm001.qcow2": "nfs4" } } },
      "pass",
      "libvirt takes the server's shared storage for shared, as far as its mounts tell.",
    ],
    [
      "a mount that the source does not tell",
      { destination: { ...shared, sharedFileSystems: { "/images/lm001.qcow2": null } } },
      "pass",
      "libvirt takes the server's shared storage for shared, as far as its mounts tell.",
    ],
    [
      "a read-only disk, which libvirt does not look at",
      {
        source: { guest: guest({ disks: [guestDisk({ readOnly: true })] }) },
        destination: { ...shared, sharedFileSystems: { "/images/lm001.qcow2": "xfs" } },
      },
      "pass",
      "libvirt takes the server's shared storage for shared, as far as its mounts tell.",
    ],
    [
      "a mount that libvirt does not know",
      { destination: { ...shared, sharedFileSystems: { "/images/lm001.qcow2": "fuse.mfs" } } },
      "warn",
      "Disk vda is on shared storage that kvm1 mounts as fuse.mfs, which libvirt may take for local; then it refuses the move.",
    ],
    ...bothUnknown,
  ],
  "disk-paths-free": [
    ["free", {}, "pass", "The target paths of all copied disks are free."],
    [
      "taken",
      { destination: { volumes: { "/images/lm001.qcow2": volume() } } },
      "fail",
      "/images/lm001.qcow2 exists on kvm2; ferry does not overwrite files that it did not make.",
    ],
    ...bothUnknown,
  ],
  "networks-present": [
    ["none", {}, "pass", "The server has no network interface."],
    [
      "all there",
      {
        source: {
          guest: guest({
            interfaces: [
              networkCard(),
              networkCard({ portgroup: "vlan10" }),
              onBridge,
              networkCard({ type: "direct", source: "br0", mode: "bridge" }),
              networkCard({ type: "user", source: null }),
            ],
          }),
        },
      },
      "pass",
      "All networks of the server exist at the destination.",
    ],
    [
      "a network missing",
      { source: { guest: guest({ interfaces: [networkCard({ source: "dmz" })] }) } },
      "fail",
      "kvm2 lacks the libvirt network dmz that interface 52:54:00:00:00:01 is plugged into.",
    ],
    [
      "a bridge missing",
      { source: { guest: guest({ interfaces: [networkCard({ type: "bridge", source: "br9" })] }) } },
      "fail",
      "kvm2 lacks the bridge br9 that interface 52:54:00:00:00:01 is plugged into.",
    ],
    [
      "a host interface missing",
      { source: { guest: guest({ interfaces: [networkCard({ type: "direct", source: "eth9" })] }) } },
      "fail",
      "kvm2 lacks the host interface eth9 that interface 52:54:00:00:00:01 is plugged into.",
    ],
    [
      "another name at the destination",
      {
        source: { guest: guest({ interfaces: [networkCard({ source: "dmz" }), onBridge] }) },
        destination: { record: record(destinationId, "kvm2", { networkMap: { "network:dmz": "network:lan" } }) },
      },
      "pass",
      "All networks of the server exist at the destination (network:dmz as network:lan).",
    ],
    [
      "a mapped bridge missing",
      {
        source: { guest: guest({ interfaces: [onBridge] }) },
        destination: { record: record(destinationId, "kvm2", { networkMap: { "bridge:br0": "bridge:br9" } }) },
      },
      "fail",
      "kvm2 lacks the bridge br9 (br0 by the network maps) that interface 52:54:00:00:00:01 is plugged into.",
    ],
    [
      "two networks that the source has under one name",
      {
        source: {
          guest: guest({ interfaces: [onBridge] }),
          record: record(sourceId, "kvm1", { networkMap: { "bridge:red": "bridge:br0", "bridge:blue": "bridge:br0" } }),
        },
      },
      "fail",
      "It is not clear what bridge:br0 of kvm1 is on kvm2: by the network maps bridge:red or bridge:blue.",
    ],
    [
      "a bridge missing for the next start only",
      {
        source: {
          guest: guest({ interfaces: [onBridge] }),
          persistent: guest({ interfaces: [networkCard({ type: "bridge", source: "br9" })] }),
        },
      },
      "warn",
      "The server could not be started again there: kvm2 lacks the bridge br9 that interface 52:54:00:00:00:01 is plugged into.",
    ],
    [
      "a port group missing",
      { source: { guest: guest({ interfaces: [networkCard({ portgroup: "vlan20" })] }) } },
      "fail",
      "kvm2 lacks the port group vlan20 of the libvirt network lan that interface 52:54:00:00:00:01 is plugged into.",
    ],
    [
      "no Open vSwitch",
      { source: { guest: guest({ interfaces: [{ ...onBridge, vlans: [10], virtualPort: "openvswitch" }] }) } },
      "fail",
      "kvm2 lacks Open vSwitch, which runs the bridge br0 that interface 52:54:00:00:00:01 is plugged into.",
    ],
    [
      "Open vSwitch",
      {
        source: { guest: guest({ interfaces: [{ ...onBridge, vlans: [10], virtualPort: "openvswitch" }] }) },
        destination: { host: hostFacts({ hostUuid: "x", bridges: ["br0", "ovs-system"] }) },
      },
      "pass",
      "All networks of the server exist at the destination.",
    ],
    [
      "a VLAN on a Linux bridge, old libvirt",
      { source: { guest: guest({ interfaces: [{ ...onBridge, vlans: [10, 20] }] }) } },
      "fail",
      "kvm2 cannot give interface 52:54:00:00:00:01 VLAN 10, 20 on the bridge br0: its libvirt is older than 11.0.",
    ],
    [
      "a VLAN on a Linux bridge",
      {
        source: { guest: guest({ interfaces: [{ ...onBridge, vlans: [10] }] }) },
        destination: { host: hostFacts({ hostUuid: "x", libvirtVersion: 11_000_000 }) },
      },
      "pass",
      "All networks of the server exist at the destination.",
    ],
    ...bothUnknown,
  ],
  "firewall-ready": [
    ["no filter", {}, "pass", "No nwfilter guards the server."],
    ["to be placed", { source: { filters: { web: filter("<rule/>") } } }, "pass", "The server's nwfilters will be in force: web."],
    ["missing at the source", { source: { filters: { web: null } } }, "fail", "nwfilter web of the server is not defined on kvm1."],
    [
      "other rules",
      { source: { filters: { web: filter("<a/>") } }, destination: { filters: { web: filter("<b/>") } } },
      "fail",
      "nwfilter web on kvm2 has other rules than on kvm1.",
    ],
    [
      "rules that the destination would not carry out",
      { source: { filters: { web: filter("<a/>", true) } }, destination: { seesBridgedTraffic: false } },
      "fail",
      "The rules of nwfilter web would be without effect on kvm2: its IP firewall does not see what its bridges carry.",
    ],
    [
      "rules of the bridge, which it carries out itself",
      { source: { filters: { web: filter("<a/>") } }, destination: { seesBridgedTraffic: false } },
      "pass",
      "The server's nwfilters will be in force: web.",
    ],
    ...bothUnknown,
  ],
  "name-free": [
    ["free", {}, "pass", "The name lm001 and the uuid are free on kvm2."],
    [
      "the name is another guest's",
      { destination: { uuidOfName: "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb" } },
      "fail",
      "kvm2 has another guest named lm001 (bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb).",
    ],
    [
      "the uuid runs there",
      { destination: { observation: seen("running"), uuidOfName: order.serverId } },
      "fail",
      `kvm2 has a guest of uuid ${order.serverId} already; it is running there.`,
    ],
    [
      "a shut-off definition",
      { destination: { observation: seen("shutoff"), uuidOfName: order.serverId } },
      "warn",
      "kvm2 has a shut-off definition of this server already; the move replaces it.",
    ],
    [
      "the guest could not be looked for",
      { destination: { observation: silent, problem: unreachable } },
      "unknown",
      "Not checked: kvm2 did not answer.",
    ],
    sourceUnknown("destination"),
  ],
  "transfer-ports-reachable": [
    [
      "a cold move",
      { order: { mode: "cold" }, destination: { transferReach: "silent" } },
      "pass",
      "Not needed: ferry carries what is moved.",
    ],
    ["a prompt refusal", {}, "pass", "kvm1 reaches 198.18.0.2 on the transfer ports."],
    ["something listens", { destination: { transferReach: "open" } }, "pass", "kvm1 reaches 198.18.0.2 on the transfer ports."],
    [
      "dropped packets",
      { destination: { transferReach: "silent" } },
      "fail",
      "kvm1 gets no answer from 198.18.0.2 on the transfer ports 49152-49215.",
    ],
    [
      "no probe allowed",
      { destination: { transferReach: "forbidden" } },
      "warn",
      "The sshd of kvm1 forbids the probe, so the transfer ports could not be tried.",
    ],
    [
      "every port in use",
      { destination: { transferReach: "untried" } },
      "warn",
      "All transfer ports 49152-49215 of kvm2 are in use, so none could be tried.",
    ],
    ...bothUnknown,
  ],
  transport: [
    ["proven p2p", {}, "pass", "The source's libvirtd drives the transfer (p2p)."],
    ["auto without p2p", { source: { canPeer: false } }, "pass", "ferry drives the transfer (direct)."],
    [
      "p2p demanded without helper",
      { order: { transport: "p2p" }, destination: { canPeer: false } },
      "fail",
      "The transport p2p cannot be used: kvm2 lacks virt-ssh-helper or SFTP.",
    ],
    ...bothUnknown,
  ],
};
