import type { components } from "@ferry/contract";

type Schemas = components["schemas"];
type MigrationRecord = Schemas["MigrationDocument"]["migration"];
type Step = Schemas["Step"];

export const serverId = "3f0c7f6e-0d0a-4b0e-9a3e-6b3f2d1c9a77";
export const otherServerId = "7a1de2a4-5b9c-4b63-8a52-1f6f0e5d4c33";
export const migrationUuid = "0c1f0a3e-6f6e-4c43-93b7-3a5b1f0c8f11";
export const hostUuid = "9b6f4a52-8f0d-4d2e-8a43-5d1e8a7b6c01";

const mib = 1024 * 1024;

/** The attributes that the commands show; the contract demands more, which no command reads. */
export const server = (changes: Record<string, unknown> = {}) => ({
  id: serverId,
  name: "lm001",
  status: "ACTIVE",
  progress: 0,
  tenant_id: "p1",
  created: "2026-01-02T03:00:00Z",
  updated: "2026-01-02T03:04:05Z",
  flavor: { vcpus: 1, ram: 256, disk: 1, ephemeral: 0, swap: 0, original_name: "lm001", extra_specs: {} },
  locked: false,
  host_status: "UP",
  "OS-EXT-STS:vm_state": "active",
  "OS-EXT-STS:task_state": null,
  "OS-EXT-SRV-ATTR:host": "compute1",
  "OS-EXT-SRV-ATTR:instance_name": "lm001",
  ...changes,
});

export const step = (name: string, phase: Step["phase"], state: Step["state"] = "done", problem: string | null = null): Step => ({
  name,
  phase,
  state,
  problem,
  attempts: 1,
  started_at: "2026-01-02T03:04:00.000Z",
  ended_at: state === "started" ? null : "2026-01-02T03:04:00.500Z",
});

export const progress = (changes: Partial<Schemas["Progress"]> = {}): Schemas["Progress"] => ({
  phase: "migrate",
  step: "watch-transfer",
  memory_total_bytes: 256 * mib,
  memory_processed_bytes: 70 * mib,
  memory_remaining_bytes: 192 * mib,
  disk_total_bytes: 1024 * mib,
  disk_processed_bytes: 640 * mib,
  disk_remaining_bytes: 384 * mib,
  bytes_per_second: 118 * mib,
  remaining_ms: 3000,
  iteration: 2,
  disks: [{ target: "vda", total_bytes: 1024 * mib, done_bytes: 640 * mib, ready: false }],
  ...changes,
});

export const summary = (): Schemas["Summary"] => ({
  transport: "p2p",
  total_ms: 2500,
  downtime_ms: 56,
  memory_bytes: 240 * mib,
  disk_bytes: 1024 * mib,
});

export const migration = (changes: Partial<MigrationRecord> = {}): MigrationRecord => ({
  id: migrationUuid,
  number: 12,
  server_id: serverId,
  server_name: "lm001",
  migration_type: "live-migration",
  mode: "live",
  status: "running",
  source_host: "compute1",
  requested_host: "compute2",
  destination_host: "compute2",
  block_migration: true,
  disk_over_commit: null,
  force: false,
  transport_asked: "auto",
  transport: "p2p",
  bandwidth_mibps: 0,
  outcome: { leave: "as-is", keep_source: false, tunnelled: false, unsafe_cache: false },
  virsh: null,
  abort_requested_at: null,
  handed_over_at: null,
  problem: null,
  checks: [],
  progress: null,
  summary: null,
  steps: [],
  pending_work: false,
  request_id: "req-1",
  project_id: "p1",
  user_id: "u1",
  created_at: "2026-01-02T03:04:00.000Z",
  updated_at: "2026-01-02T03:04:02.000Z",
  ended_at: null,
  ...changes,
});

/** A move that ended well after 4.2 s. */
export const completed = (changes: Partial<MigrationRecord> = {}): MigrationRecord =>
  migration({ status: "completed", summary: summary(), ended_at: "2026-01-02T03:04:04.200Z", ...changes });

export const checks: Schemas["CheckResult"][] = [
  { check: "server-is-running", verdict: "pass", sentence: "The server is active.", remedy: null },
  {
    check: "destination-has-memory",
    verdict: "fail",
    sentence: "The server needs 256 MiB, compute2 has 100 MiB free.",
    remedy: "Free memory on compute2 or choose another host.",
  },
];

/** A move that its checks refused. */
export const refused = (): MigrationRecord =>
  migration({
    status: "error",
    checks,
    problem: { code: "CHECKS_REFUSED", sentence: "Migration pre-check error: memory" },
    ended_at: "2026-01-02T03:04:01.000Z",
  });

export const host = (changes: Partial<Schemas["Host"]> = {}): Schemas["Host"] => ({
  id: hostUuid,
  number: 1,
  name: "compute1",
  address: "198.18.78.11",
  port: 22,
  user: "root",
  host_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIexample",
  fingerprint: "SHA256:abc",
  uri: "qemu:///system",
  migration_address: "198.18.78.11",
  network_map: {},
  state: "up",
  problem: null,
  enabled: true,
  disabled_reason: null,
  forced_down: false,
  servers: 1,
  facts: {
    hostname: "compute1",
    host_uuid: hostUuid,
    hypervisor_type: "QEMU",
    hypervisor_version: "7.2.0",
    libvirt_version: "9.0.0",
    arch: "x86_64",
    cpu_model: null,
    cpus: 2,
    memory_total_mib: 24_576,
    memory_available_mib: 20_480,
    pools: [
      { name: "default", type: "dir", active: true, path: "/var/lib/libvirt/images", capacity_bytes: 100 * mib, available_bytes: 50 * mib },
    ],
    networks: [{ name: "default", active: true, bridge: "virbr0" }],
    bridges: ["br0"],
    uptime_seconds: 100,
  },
  last_seen_at: "2026-01-02T03:04:00.000Z",
  created_at: "2026-01-02T03:00:00.000Z",
  ...changes,
});
