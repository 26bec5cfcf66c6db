import {
  type GuestDefinition,
  type GuestDisk,
  type GuestInterface,
  type GuestObservation,
  type HostAddress,
  type HostFacts,
  type HostRecord,
  hostId,
  type MigrationOrder,
  migrationId,
  type PoolFacts,
  serverId,
  usualOutcome,
  type VolumeFacts,
} from "@ferry/core";
import type { DestinationFacts, DiskFacts, MoveFacts, SourceFacts } from "../../src/facts.ts";

export const GIB = 1024 ** 3;
export const sourceId = hostId("11111111-1111-4111-8111-111111111111");
export const destinationId = hostId("22222222-2222-4222-8222-222222222222");
export const order: MigrationOrder = {
  id: migrationId("99999999-9999-4999-8999-999999999999"),
  number: 7,
  serverId: serverId("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"),
  serverName: "lm001",
  mode: "live",
  sourceHostId: sourceId,
  requestedHostId: destinationId,
  blockMigration: "auto",
  diskOverCommit: null,
  force: false,
  transport: "auto",
  bandwidthMiBps: 0,
  outcome: usualOutcome,
  resize: null,
  group: null,
  status: "accepted",
  abortRequested: false,
};

export const record = (id: HostRecord["id"], name: string, change: Partial<HostRecord> = {}): HostRecord => ({
  id,
  name,
  state: "up",
  enabled: true,
  forcedDown: false,
  networkMap: {},
  ...change,
});

export const address = (id: HostRecord["id"], name: string, ip: string): HostAddress => ({
  id,
  name,
  address: ip,
  port: 22,
  user: "root",
  hostKey: "ssh-ed25519 AAAA",
  uri: "qemu:///system",
  migrationAddress: ip,
});

export const pool = (change: Partial<PoolFacts> = {}): PoolFacts => ({
  name: "default",
  type: "dir",
  active: true,
  path: "/images",
  capacityBytes: 100 * GIB,
  availableBytes: 50 * GIB,
  ...change,
});

export const hostFacts = (change: Partial<HostFacts> = {}): HostFacts => ({
  hostname: "kvm",
  hostUuid: "33333333-3333-4333-8333-333333333333",
  hypervisorType: "QEMU",
  moves: {
    transports: ["p2p", "direct"],
    modes: ["live", "cold", "saved", "offline"],
    copiesDisks: true,
    aborts: true,
    countsBytes: true,
    paused: true,
    tunnels: true,
  },
  hypervisorVersion: 7_002_022,
  libvirtVersion: 9_000_000,
  arch: "x86_64",
  cpuModel: "EPYC",
  cpuVendor: "AMD",
  cpuFeatures: [],
  cpuTopology: { sockets: 1, cores: 2, threads: 1 },
  cpus: 2,
  memoryTotalKiB: 8 * 1024 * 1024,
  memoryAvailableKiB: 4 * 1024 * 1024,
  machines: { "x86_64/kvm": ["pc-q35-7.2"] },
  pools: [pool()],
  networks: [{ name: "lan", active: true, bridge: "virbr0", portgroups: ["vlan10"], virtualPort: null }],
  bridges: ["br0"],
  uptimeSeconds: 1,
  bootId: "0b0070de-0000-4000-8000-000000000001",
  ...change,
});

export const guestDisk = (change: Partial<GuestDisk> = {}): GuestDisk => ({
  target: "vda",
  device: "disk",
  source: { type: "file", path: "/images/lm001.qcow2" },
  format: "qcow2",
  readOnly: false,
  shareable: false,
  cache: "none",
  backing: [],
  ...change,
});

export const guest = (change: Partial<GuestDefinition> = {}): GuestDefinition => ({
  uuid: order.serverId,
  name: "lm001",
  virtType: "kvm",
  arch: "x86_64",
  machine: "pc-q35-7.2",
  emulator: "/usr/bin/qemu-system-x86_64",
  memoryKiB: 256 * 1024,
  vcpus: 1,
  cpuXml: null,
  disks: [guestDisk()],
  interfaces: [],
  hostFiles: [],
  immovable: [],
  unknownElements: [],
  ...change,
});

/** A card on the libvirt network lan. */
export const networkCard = (change: Partial<GuestInterface> = {}): GuestInterface => ({
  mac: "52:54:00:00:00:01",
  type: "network",
  source: "lan",
  portgroup: null,
  mode: null,
  vlans: [],
  virtualPort: null,
  target: null,
  model: "virtio",
  filter: null,
  ...change,
});

export const volume = (path = "/images/lm001.qcow2", change: Partial<VolumeFacts> = {}): VolumeFacts => ({
  pool: "default",
  name: path.slice(path.lastIndexOf("/") + 1),
  path,
  format: "qcow2",
  capacityBytes: 10 * GIB,
  allocationBytes: 2 * GIB,
  fileBytes: 2 * GIB,
  modifiedAt: null,
  backing: null,
  ...change,
});

export const diskFacts = (change: Partial<DiskFacts> = {}): DiskFacts => ({
  target: "vda",
  path: "/images/lm001.qcow2",
  volume: volume(),
  device: null,
  capacityBytes: 10 * GIB,
  allocationBytes: 2 * GIB,
  backing: [],
  ...change,
});

export const absent: GuestObservation = { kind: "absent" };
export const silent: GuestObservation = { kind: "unreachable", problem: "no answer" };
export const seen = (
  state: "running" | "paused" | "shutoff" | "crashed",
  reason: "other" | "user" | "migration" | "migrated" | "crashed" = "other",
  migrationJob: "none" | "outgoing" | "incoming" = "none",
): GuestObservation => ({ kind: "present", state, reason, persistent: true, migrationJob });

export interface FactChanges {
  readonly order?: Partial<MigrationOrder>;
  readonly source?: Partial<SourceFacts>;
  readonly destination?: Partial<DestinationFacts>;
}

/** The facts of a move that passes every check: one local qcow2 disk, two equal hosts. Tests change what they are about. */
export function moveFacts(changes: FactChanges = {}): MoveFacts {
  return {
    order: { ...order, ...changes.order },
    source: {
      record: record(sourceId, "kvm1"),
      address: address(sourceId, "kvm1", "198.18.0.1"),
      host: hostFacts(),
      problem: null,
      observation: seen("running"),
      guest: guest(),
      persistent: guest(),
      suspended: false,
      disks: [diskFacts()],
      filters: {},
      canPeer: true,
      ...changes.source,
    },
    destination: {
      record: record(destinationId, "kvm2"),
      address: address(destinationId, "kvm2", "198.18.0.2"),
      host: hostFacts({ hostUuid: "44444444-4444-4444-8444-444444444444" }),
      problem: null,
      observation: absent,
      uuidOfName: null,
      volumes: {},
      sharedPaths: [],
      sharedFileSystems: {},
      devices: {},
      portals: {},
      secrets: {},
      filters: {},
      seesBridgedTraffic: null,
      cpu: "superset",
      canPeer: true,
      hostFiles: {},
      claimedMiB: 0,
      sshReach: "open",
      transferReach: "refused",
      ...changes.destination,
    },
    reservedMemoryMiB: 512,
    firstTransferPort: 49152,
  };
}
