import type { GuestInterface, HostFacts, MigrationProgress } from "@ferry/core";
import type { Client } from "pg";
import { ids, now, requests, userNames, users } from "./ids.ts";

type Row = Readonly<Record<string, unknown>>;

/** Inserts rows as they are; JSON columns take text. */
async function insert(sql: Client, table: string, rows: readonly Row[]): Promise<void> {
  for (const row of rows) {
    const names = Object.keys(row).map((name) => `"${name}"`);
    const places = names.map((_, index) => `$${index + 1}`);
    await sql.query(`INSERT INTO ${table} (${names.join(", ")}) VALUES (${places.join(", ")})`, Object.values(row));
  }
}

const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
const json = (value: unknown): string => JSON.stringify(value);

/** Three hosts, eight servers, five migrations, their steps, actions and events. `passwordHash` is that of every user. */
export async function seed(sql: Client, passwordHash: string): Promise<void> {
  await seedIdentity(sql, passwordHash);
  await insert(sql, "hosts", [host("compute1", ids.compute1, 1), host("compute2", ids.compute2, 2), host("spare", ids.spare, 9)]);
  await insert(sql, "own_services", [
    { id: "00000000-0000-4000-8000-00000000c0de", number: 1_000_000_001, binary: "nova-conductor", host: "ferry", last_seen_at: ago(3) },
    { id: "00000000-0000-4000-8000-000000005ced", number: 1_000_000_002, binary: "nova-scheduler", host: "ferry", last_seen_at: ago(4) },
  ]);
  await seedAggregates(sql);
  await insert(sql, "servers", servers());
  await insert(sql, "flavors", [privateFlavor]);
  await insert(sql, "flavor_access", [{ flavor_id: "gold", project_id: ids.labProject }]);
  await insert(sql, "images", images());
  await insert(sql, "volumes", volumes());
  await insert(sql, "volume_attachments", attachments());
  await insert(sql, "migrations", migrations());
  await insert(sql, "migration_slots", [
    { server_id: ids.web1, migration_id: ids.runningMigration },
    { server_id: ids.app1, migration_id: ids.preparingMigration },
    { server_id: ids.cold1, migration_id: ids.finishedMigration },
  ]);
  await insert(sql, "migration_steps", steps());
  await insert(sql, "instance_actions", actions());
  await insert(sql, "instance_action_events", actionEvents());
  await seedSecurityGroups(sql);
  await insert(sql, "key_pairs", keyPairs());
  await insert(sql, "server_groups", serverGroups());
  await insert(sql, "server_group_members", [
    { server_id: ids.held1, group_id: ids.pairsGroup },
    { server_id: ids.gone1, group_id: ids.pairsGroup },
  ]);
  await sql.query("SELECT setval(pg_get_serial_sequence('key_pairs', 'number'), 3)");
  await seedEvents(sql);
  await sql.query("SELECT setval(pg_get_serial_sequence('migrations', 'number'), 13)");
  await sql.query("SELECT setval(pg_get_serial_sequence('hosts', 'number'), 9)");
}

/** The host spare is a zone of its own; the other two are in an aggregate that is none. */
async function seedAggregates(sql: Client): Promise<void> {
  const row = (id: number, uuid: string, name: string, more: Row): Row => ({ id, uuid, name, created_at: ago(9000), ...more });
  await insert(sql, "aggregates", [
    row(1, ids.eastAggregate, "east", { availability_zone: "east" }),
    row(2, ids.ssdAggregate, "ssd", { metadata: json({ ssd: "true" }), updated_at: ago(8000) }),
    row(3, ids.emptyAggregate, "empty", {}),
  ]);
  await insert(sql, "aggregate_hosts", [
    { aggregate_id: 1, host_id: ids.spare },
    { aggregate_id: 2, host_id: ids.compute1 },
    { aggregate_id: 2, host_id: ids.compute2 },
  ]);
  await sql.query("SELECT setval(pg_get_serial_sequence('aggregates', 'id'), 3)");
}

/** old1 is a member of two groups of project ops. */
async function seedSecurityGroups(sql: Client): Promise<void> {
  const group = (id: string, name: string, project: string = ids.opsProject): Row => ({ id, name, project_id: project, description: name });
  const rule = (id: string, group: string, age: number, more: Row): Row => ({ id, group_id: group, created_at: ago(age), ...more });
  await insert(sql, "security_groups", [
    group(ids.defaultGroup, "default"),
    group(ids.webGroup, "web"),
    group(ids.spareGroup, "spare"),
    group(ids.foreignGroup, "foreign", ids.labProject),
  ]);
  await insert(sql, "security_group_rules", [
    rule(ids.ownRule, ids.defaultGroup, 9, { remote_group_id: ids.defaultGroup }),
    rule(ids.httpRule, ids.webGroup, 9, { protocol: "tcp", from_port: 80, to_port: 80, cidr: "0.0.0.0/0" }),
    rule(ids.pingRule, ids.webGroup, 8, { protocol: "icmp", cidr: "fd00::/8" }),
  ]);
  await insert(sql, "security_group_members", [
    { server_id: ids.old1, group_id: ids.defaultGroup },
    { server_id: ids.old1, group_id: ids.webGroup },
  ]);
  await insert(sql, "server_firewalls", [{ server_id: ids.old1, revision: 2, applied: 2 }]);
}

const keyPair = (number: number, user: string, name: string): Row => ({
  number,
  user_id: user,
  name,
  type: "ssh",
  public_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJkqv1nV7m0xF8mZ0vNfZ1Q0m4oX8o3l7n0bq6pT2WcE me@laptop",
  fingerprint: "26:cd:19:74:cb:68:b8:b2:11:95:f6:6b:d7:61:19:9d",
  created_at: ago(number * 60),
});

const keyPairs = (): Row[] => [
  keyPair(1, users.member.id, "laptop"),
  keyPair(2, users.member.id, "desk"),
  keyPair(3, users.admin.id, "laptop"),
];

const serverGroup = (id: string, name: string, age: number, more: Row): Row => ({
  id,
  name,
  project_id: ids.opsProject,
  user_id: users.member.id,
  created_at: ago(age),
  ...more,
});

const serverGroups = (): Row[] => [
  serverGroup(ids.pairsGroup, "pairs", 900, { policy: "anti-affinity", max_server_per_host: 2 }),
  serverGroup(ids.togetherGroup, "together", 800, { policy: "affinity" }),
  serverGroup(ids.foreignServerGroup, "lab", 700, {
    policy: "soft-affinity",
    project_id: ids.labProject,
    user_id: users.foreignManager.id,
  }),
];

async function seedIdentity(sql: Client, passwordHash: string): Promise<void> {
  await insert(sql, "projects", [
    { id: ids.opsProject, name: "ops", description: "Operations" },
    { id: ids.labProject, name: "lab", description: "" },
  ]);
  await insert(
    sql,
    "users",
    userNames.map((name) => ({ id: users[name].id, name, password_hash: passwordHash })),
  );
  await insert(
    sql,
    "role_assignments",
    userNames.map((name) => ({ user_id: users[name].id, project_id: users[name].project, role: users[name].role })),
  );
}

function facts(hostname: string, hostUuid: string): HostFacts {
  return {
    hostname,
    hostUuid,
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
    hypervisorVersion: 7_002_000,
    libvirtVersion: 9_000_000,
    arch: "x86_64",
    cpuModel: "EPYC",
    cpuVendor: "AMD",
    cpuFeatures: ["svm", "x2apic"],
    cpuTopology: { sockets: 1, cores: 8, threads: 2 },
    cpus: 16,
    memoryTotalKiB: 67_108_864,
    memoryAvailableKiB: 50_331_648,
    machines: { "x86_64/kvm": ["pc-q35-7.2"] },
    pools: [
      { name: "default", type: "dir", active: true, path: "/var/lib/libvirt/images", capacityBytes: 2 ** 39, availableBytes: 2 ** 38 },
      { name: "iso", type: "dir", active: true, path: "/srv/iso", capacityBytes: 2 ** 39, availableBytes: 2 ** 38 },
    ],
    networks: [
      { name: "default", active: true, bridge: "virbr0", portgroups: [], virtualPort: null },
      { name: "uplink", active: true, bridge: null, portgroups: [], virtualPort: null },
    ],
    bridges: ["br0", "virbr0"],
    uptimeSeconds: 273_900,
    ...(hostname === "spare.example" ? {} : { loadAverages: [0.08, 0.21, 1.5], users: 1 }),
    bootId: "0b0070de-0000-4000-8000-000000000001",
  };
}

const host = (name: string, id: string, number: number): Row => ({
  id,
  number,
  name,
  address: `198.18.78.1${number}`,
  user: "root",
  host_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJkqv1nV7m0xF8mZ0vNfZ1Q0m4oX8o3l7n0bq6pT2WcE",
  state: "up",
  facts: json(facts(`${name}.example`, `4c4c4544-0000-4000-8000-00000000000${number}`)),
  last_seen_at: ago(2),
  monitor_until: ago(-30),
  created_at: ago(86_400),
  updated_at: ago(86_400),
});

const server = (id: string, name: string, age: number, more: Row = {}): Row => ({
  id,
  name,
  instance_name: name,
  host_id: ids.compute1,
  project_id: ids.opsProject,
  user_id: users.admin.id,
  vm_state: "active",
  power_state: 1,
  memory_mib: 2048,
  vcpus: 2,
  root_gib: 20,
  metadata: json({}),
  tags: [],
  definition: json({ disks: [{ target: "vda" }] }),
  launched_at: ago(age - 9),
  created_at: ago(age),
  updated_at: ago(age - 10),
  ...more,
});

const image = (id: string, name: string, more: Row = {}): Row => ({
  id,
  name,
  project_id: ids.opsProject,
  disk_format: "qcow2",
  status: "active",
  sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  size_bytes: 3 * 2 ** 29,
  virtual_bytes: 2 * 2 ** 30,
  created_at: ago(7200),
  updated_at: ago(7100),
  ...more,
});

/** For project lab only, with a disk that ferry does not make. */
const privateFlavor: Row = {
  id: "gold",
  name: "m1.gold",
  memory_mib: 8192,
  vcpus: 4,
  root_gib: 40,
  swap_mib: 512,
  rxtx_factor: 1.5,
  is_public: false,
  description: "for the lab",
  extra_specs: json({ "hw:cpu_policy": "shared" }),
};

function images(): Row[] {
  const empty = { status: "queued", sha256: null, size_bytes: null, virtual_bytes: null, disk_format: "raw" };
  return [
    image(ids.debianImage, "debian-12", { is_public: true, min_disk_gib: 2, min_ram_mib: 256 }),
    image(ids.emptyImage, "empty", empty),
    image(ids.labImage, "lab-image", { project_id: ids.labProject }),
  ];
}

const card: GuestInterface = {
  mac: "52:54:00:db:00:01",
  type: "network",
  source: "default",
  portgroup: null,
  mode: null,
  vlans: [],
  virtualPort: null,
  target: "vnet0",
  model: "virtio",
  filter: null,
};

/** What a server is told when it is made. */
const told: Row = {
  nics: json([{ network: "default", mac: "52:54:c6:12:4e:07", fixedIp: "198.18.78.7" }]),
  access_ip_v4: "198.18.78.30",
  access_ip_v6: "fd00::1e",
  hostname: "old-host",
  key_name: "ops-key",
  reservation_id: "r-0a1b2c3d",
  launch_index: 1,
  disk_config: "AUTO",
  pinned_zone: "nova",
  user_data: "IyEvYmluL3No",
};

function servers(): Row[] {
  return [
    server(ids.db1, "db1", 3600, {
      host_id: ids.compute2,
      description: "orders & invoices",
      tags: ["gold", "db"],
      definition: json({ disks: [{ target: "vda" }], interfaces: [card] }),
      metadata: json({ tier: "1" }),
    }),
    server(ids.web1, "web1", 3000, { task_state: "migrating", progress: 37, updated_at: ago(5) }),
    server(ids.app1, "app1", 2700, { task_state: "migrating" }),
    server(ids.old1, "old1", 2400, { vm_state: "stopped", power_state: 4, ...told }),
    server(ids.held1, "held1", 1800, {
      metadata: json({ tier: "1" }),
      locked: true,
      locked_reason: "audit",
      vm_state: "paused",
      power_state: 3,
    }),
    server(ids.gone1, "gone1", 1200, { vm_state: "deleted", power_state: 0, terminated_at: ago(60), updated_at: ago(60) }),
    server(ids.cold1, "cold1", 900, {
      project_id: ids.labProject,
      user_id: users.foreignManager.id,
      host_id: ids.compute2,
      vm_state: "resized",
    }),
    server(ids.lab1, "lab1", 600, { project_id: ids.labProject, user_id: users.foreignManager.id }),
  ];
}

export const progress: MigrationProgress = {
  phase: "migrate",
  step: "transfer-guest",
  memoryTotalBytes: 2_165_317_632,
  memoryProcessedBytes: 801_243_136,
  memoryRemainingBytes: 1_364_074_496,
  diskTotalBytes: 21_474_836_480,
  diskProcessedBytes: 7_945_689_497,
  diskRemainingBytes: 13_529_146_983,
  bytesPerSecond: 117_440_512,
  remainingMs: 126_000,
  iteration: 1,
  disks: [{ target: "vda", totalBytes: 21_474_836_480, doneBytes: 7_945_689_497, ready: false }],
};

const volume = (id: string, name: string, age: number, more: Row = {}): Row => ({
  id,
  name,
  project_id: ids.opsProject,
  user_id: users.member.id,
  size_gib: 10,
  format: "qcow2",
  status: "available",
  host_id: ids.compute1,
  pool: "default",
  volume_name: `volume-${name}`,
  path: `/var/lib/libvirt/images/volume-${name}`,
  created_at: ago(age),
  updated_at: ago(age - 10),
  ...more,
});

function volumes(): Row[] {
  const elsewhere = { host_id: ids.compute2 };
  return [
    volume(ids.dataVolume, "data", 900),
    volume(ids.logVolume, "log", 800, { ...elsewhere, status: "in-use", format: "raw" }),
    volume(ids.foreignVolume, "lab", 700, { project_id: ids.labProject }),
    volume(ids.brokenVolume, "broken", 600, { status: "error", problem: "No answer came." }),
    volume(ids.strandedVolume, "stranded", 500, elsewhere),
    volume(ids.comingVolume, "coming", 400, { ...elsewhere, status: "attaching" }),
    volume(ids.movingVolume, "moving", 300, { status: "in-use" }),
  ];
}

const attachment = (volumeId: string, serverId: string, target: string, more: Row = {}): Row => ({
  volume_id: volumeId,
  id: volumeId.replace("d15c", "a77a"),
  server_id: serverId,
  target,
  ...more,
});

const attachments = (): Row[] => [
  attachment(ids.logVolume, ids.db1, "vdb", { tag: "log" }),
  attachment(ids.comingVolume, ids.db1, "vdc", { delete_on_termination: true }),
  attachment(ids.movingVolume, ids.web1, "vdb"),
];

const serverNames: Readonly<Record<string, string>> = { [ids.db1]: "db1", [ids.web1]: "web1", [ids.app1]: "app1", [ids.cold1]: "cold1" };

const migration = (id: string, number: number, serverId: string, age: number, more: Row): Row => ({
  id,
  number,
  server_id: serverId,
  server_name: serverNames[serverId],
  source_host_id: ids.compute1,
  source_host: "compute1",
  destination_host_id: ids.compute2,
  destination_host: "compute2",
  block_migration: "true",
  project_id: ids.opsProject,
  user_id: users.admin.id,
  created_at: ago(age),
  updated_at: ago(age - 5),
  ...more,
});

function migrations(): Row[] {
  const checks = [
    {
      check: "cpu-compatible",
      verdict: "fail",
      sentence: "Host compute2 lacks the CPU feature avx512f.",
      remedy: "Choose a CPU model that both hosts have.",
    },
  ];
  return [
    migration(ids.finishedMigration, 9, ids.cold1, 2500, {
      mode: "cold",
      migration_type: "migration",
      status: "finished",
      project_id: ids.labProject,
      user_id: users.foreignManager.id,
      request_id: requests.finished,
      transport: "direct",
      handed_over_at: ago(2490),
      block_migration: "auto",
    }),
    migration(ids.refusedMigration, 10, ids.db1, 2000, {
      status: "error",
      request_id: requests.refused,
      problem_code: "CHECKS_REFUSED",
      problem: "Migration pre-check error: Host compute2 lacks the CPU feature avx512f.",
      checks: json(checks),
      ended_at: ago(1995),
    }),
    migration(ids.completedMigration, 11, ids.db1, 1000, {
      status: "completed",
      request_id: requests.completed,
      requested_host_id: ids.compute2,
      requested_host: "compute2",
      transport: "p2p",
      handed_over_at: ago(997),
      ended_at: ago(995),
      checks: json([
        { check: "cpu-compatible", verdict: "pass", sentence: "Host compute2 has the CPU that the server needs.", remedy: null },
      ]),
      summary: json({ transport: "p2p", totalMs: 2310, downtimeMs: 56, memoryBytes: 268_435_456, diskBytes: 1_073_741_824 }),
    }),
    migration(ids.runningMigration, 12, ids.web1, 10, {
      status: "running",
      request_id: requests.running,
      transport: "p2p",
      progress: json(progress),
    }),
    migration(ids.preparingMigration, 13, ids.app1, 5, { status: "preparing", request_id: requests.preparing }),
  ];
}

function steps(): Row[] {
  const step = (name: string, position: number, phase: string): Row => ({
    migration_id: ids.completedMigration,
    name,
    position,
    phase,
    state: "done",
    started_at: ago(1000 - position),
    ended_at: ago(999 - position),
  });
  return [step("check-conditions", 0, "check"), step("create-volumes", 1, "setup"), step("transfer-guest", 2, "migrate")];
}

function actions(): Row[] {
  const action = (serverId: string, requestId: string, age: number, message: string | null): Row => ({
    request_id: requestId,
    server_id: serverId,
    action: "live-migration",
    user_id: users.admin.id,
    project_id: ids.opsProject,
    message,
    start_time: ago(age),
    updated_at: ago(age - 5),
  });
  return [
    action(ids.db1, requests.refused, 2000, "Error"),
    action(ids.db1, requests.completed, 1000, null),
    action(ids.web1, requests.running, 10, null),
  ];
}

function actionEvents(): Row[] {
  const event = (requestId: string, name: string, age: number, more: Row): Row => ({
    server_id: ids.db1,
    request_id: requestId,
    event: name,
    start_time: ago(age),
    finish_time: ago(age - 1),
    ...more,
  });
  return [
    event(requests.refused, "conductor_live_migrate_instance", 2000, {
      result: "Error",
      details: "Migration pre-check error: Host compute2 lacks the CPU feature avx512f.",
    }),
    event(requests.completed, "conductor_live_migrate_instance", 1000, { result: "Success" }),
    event(requests.completed, "compute_post_live_migration_at_destination", 997, { result: "Success", host: "compute2" }),
  ];
}

async function seedEvents(sql: Client): Promise<void> {
  const event = (id: number, kind: string, data: unknown): Row => ({
    id,
    kind,
    server_id: ids.web1,
    migration_id: ids.runningMigration,
    host_id: ids.compute1,
    project_id: ids.opsProject,
    data: json(data),
    created_at: ago(10 - id),
  });
  await insert(sql, "events", [
    event(1, "migration.accepted", { number: 12, status: "accepted", source: "compute1", requested: null }),
    event(2, "migration.status", { status: "queued", from: "accepted", problem: null, code: null }),
    event(3, "migration.step", { name: "check-conditions", phase: "check", state: "done" }),
  ]);
  await sql.query("UPDATE event_counter SET last_id = 3");
}
