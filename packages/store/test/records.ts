import { randomUUID } from "node:crypto";
import {
  type GuestState,
  type GuestSummary,
  type HostFacts,
  type HostId,
  type Lease,
  type MigrationId,
  type ServerId,
  serverId,
} from "@ferry/core";
import { createTestDatabase } from "@ferry/testkit";
import { Client } from "pg";
import { type MigrationRequest, type Owner, openStore, type Store, type StoredHost } from "../src/index.ts";

/** A store over a database of its own, two hosts that are up, and SQL for looking at what only the database knows. */
export interface Records {
  readonly connectionString: string;
  readonly store: Store;
  readonly sql: Client;
  readonly owner: Owner;
  readonly source: StoredHost;
  readonly destination: StoredHost;
  close(): Promise<void>;
}

export async function openRecords(): Promise<Records> {
  const database = await createTestDatabase();
  const store = openStore({ connectionString: database.connectionString, connections: 25 });
  const sql = new Client({ connectionString: database.connectionString });
  await sql.connect();
  const owner = await store.identity.bootstrap({ userName: "admin", password: "secret", projectName: "admin" });
  const [source, destination] = [await addHost(store, "compute1"), await addHost(store, "compute2")];
  const close = async (): Promise<void> => {
    await store.close();
    await sql.end();
    await database.drop();
  };
  const { connectionString } = database;
  return { connectionString, store, sql, owner, source, destination, close };
}

export async function addHost(store: Store, name: string): Promise<StoredHost> {
  const address = `${name}.example`;
  const host = { name, address, port: 22, user: "root", hostKey: "ssh-ed25519 AAAA", uri: "qemu:///system", migrationAddress: null };
  const { id } = await store.hosts.add(host);
  await store.hosts.saveFacts(id, facts(name));
  const found = await store.hosts.find(id);
  if (found === null) throw new Error(`host ${name} is not there`);
  return found;
}

export const facts = (hostname: string): HostFacts => ({
  hostname,
  hostUuid: randomUUID(),
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
  cpuFeatures: [],
  cpuTopology: { sockets: 1, cores: 2, threads: 1 },
  cpus: 2,
  memoryTotalKiB: 8_388_608,
  memoryAvailableKiB: 4_194_304,
  machines: {},
  pools: [],
  networks: [],
  bridges: [],
  uptimeSeconds: 60,
  bootId: "0b0070de-0000-4000-8000-000000000001",
});

export const guest = (uuid: string, state: GuestState = "running", change: Partial<GuestSummary> = {}): GuestSummary => ({
  definition: {
    uuid,
    name: `guest-${uuid.slice(0, 8)}`,
    virtType: "kvm",
    arch: "x86_64",
    machine: "pc-q35-7.2",
    emulator: "/usr/bin/qemu-system-x86_64",
    memoryKiB: 262_144,
    vcpus: 1,
    cpuXml: null,
    disks: [],
    interfaces: [],
    hostFiles: [],
    immovable: [],
    unknownElements: [],
  },
  state,
  reason: "other",
  persistent: true,
  ...change,
});

/** A running server on the source host. */
export async function addServer({ store, source, owner }: Records, hostId: HostId = source.id): Promise<ServerId> {
  const uuid = randomUUID();
  const others = await store.hosts.find(hostId);
  if (others === null) throw new Error(`host ${hostId} is not there`);
  await adopt(store, hostId, owner, uuid);
  return serverId(uuid);
}

/** Adopts one guest without touching the others of the host. */
async function adopt(store: Store, hostId: HostId, owner: Owner, uuid: string): Promise<void> {
  const longAgo = new Date(0);
  await store.servers.syncGuests(hostId, [guest(uuid)], longAgo, owner);
}

export const request = (records: Records, server: ServerId, change: Partial<MigrationRequest> = {}): MigrationRequest => ({
  serverId: server,
  mode: "live",
  requestedHostId: records.destination.id,
  blockMigration: true,
  diskOverCommit: null,
  force: false,
  transport: "auto",
  bandwidthMiBps: 0,
  requestId: `req-${randomUUID()}`,
  projectId: records.owner.projectId,
  userId: records.owner.userId,
  ...change,
});

/** A migration of a new server under a lease. */
export async function startMigration(records: Records): Promise<{ server: ServerId; id: MigrationId; number: number; lease: Lease }> {
  const server = await addServer(records);
  const { id, number } = await records.store.acceptMigration(request(records, server));
  return { server, id, number, lease: await takeLease(records.store, id) };
}

export async function takeLease(store: Store, id: MigrationId, owner = "worker-1"): Promise<Lease> {
  const lease = await store.leases.take(id, owner, 30_000);
  if (lease === null) throw new Error(`the lease of ${id} was not to be had`);
  return lease;
}

/** The code of the error that the promise ends with; null when it does not fail. */
export const codeOf = (promise: Promise<unknown>): Promise<string | null> =>
  promise.then(
    () => null,
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
