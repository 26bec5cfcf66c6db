import type { LiveEvents } from "@ferry/bus";
import {
  type FerryError,
  fail,
  type GuestStatistics,
  type HostId,
  type InquiryAnswer,
  type InquiryInput,
  type InquiryKind,
  isFerryError,
  migrationId,
  type PoolFacts,
} from "@ferry/core";
import type { Store, VolumeRow } from "@ferry/store";
import { ids } from "./ids.ts";

const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFq0mJXv9b3oYh5rXk8mT2ZKc1u7nVd4sQe6wLa0pRtB ferry";
const hostKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJkqv1nV7m0xF8mZ0vNfZ1Q0m4oX8o3l7n0bq6pT2WcE";

/** Addresses with a fate of their own. */
export const addresses = { unreachable: "198.18.78.99", refusing: "198.18.78.98", changedKey: "198.18.78.97" } as const;

/**
 * Stands in for the workers: answers inquiries with fixed values, and decides on migrations at once: to a host of that name `refused` it says no, anything
 * else passes its checks. Throws on a kind it does not know. `stop` waits for what is under way.
 */
export function startWorkerDouble(store: Store, news: LiveEvents): { stop: () => Promise<void> } {
  let work = Promise.resolve();
  const relay = async (): Promise<void> => {
    while ((await store.outbox.relay(10, ({ topic, key }) => (topic === "run-migration" ? decide(store, key) : answer(store, key)))) > 0);
  };
  const stop = news.on("outbox", () => {
    work = work.then(relay);
  });
  return {
    stop: async () => {
      stop();
      await work;
    },
  };
}

async function answer(store: Store, id: string): Promise<void> {
  const inquiry = await store.inquiries.take(id);
  if (inquiry === null) return;
  try {
    const reply = answers[inquiry.kind] as (input: unknown, store: Store) => unknown;
    await store.inquiries.answer(id, await reply(inquiry.input, store));
  } catch (error) {
    if (!isFerryError(error)) throw error;
    await store.inquiries.fail(id, error.code, error.message);
  }
}

type Answers = { [K in InquiryKind]: (input: InquiryInput<K>, store: Store) => InquiryAnswer<K> | Promise<InquiryAnswer<K>> };

const statistics: GuestStatistics = {
  state: "running",
  hypervisor: "kvm",
  cpuTimesNs: [17_300_000_000, null],
  memoryMaximumKiB: 2_097_152,
  memoryUsedKiB: 1_048_576,
  memory: { rss: 524_288 },
  cards: [
    {
      name: "vnet0",
      mac: "52:54:00:db:00:01",
      received: { bytes: 2_070_139, packets: 26_701, errors: 0, dropped: 0 },
      sent: { bytes: 140_208, packets: 662, errors: 0, dropped: 0 },
    },
  ],
  disks: [{ target: "vda", readBytes: 262_144, readRequests: 112, writeBytes: 5_778_432, writeRequests: 488, errors: null }],
};

const passed = (check: string) => ({ check, verdict: "pass", sentence: `The check ${check} passed.`, remedy: null }) as const;

const answers: Answers = {
  "ssh-key": () => ({ publicKey }),
  "scan-host-key": ({ address }) => {
    refuseUnreachable(address, address);
    return { keys: [{ type: "ssh-ed25519", hostKey, fingerprint: "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8" }] };
  },
  "probe-host": async ({ hostId }, store) => {
    const host = await store.hosts.address(hostId);
    refuseUnreachable(host.name, host.address);
    const known = (await store.hosts.find(ids.compute1))?.facts;
    if (known != null) await store.hosts.saveFacts(hostId, { ...known, hostname: "compute3.example" });
    return { servers: 0 };
  },
  "check-host": async ({ hostId }, store) => {
    const host = await store.hosts.address(hostId);
    const warning = {
      check: "libvirt-tcp-closed",
      verdict: "warn",
      sentence: `Host ${host.name} takes libvirt connections over TCP without authentication.`,
      remedy: "Disable libvirtd-tcp.socket there.",
    } as const;
    return { results: [passed("ssh-login"), passed("libvirt-version"), warning] };
  },
  "seek-host": async ({ hostId }, store) =>
    (await store.hosts.find(hostId))?.name === "compute2"
      ? { kind: "silent", problem: "no answer in time" }
      : { kind: "answers", problem: "its sshd answers" },
  "read-statistics": ({ serverId }) => {
    if (serverId === ids.lab1) throw unreachable("compute1", addresses.unreachable);
    return { statistics };
  },
  "define-pool": async ({ hostId, name, source }, store) => {
    const { name: host } = await store.hosts.address(hostId);
    if (source.kind === "rbd") throw fail("POOL_KIND_UNSUPPORTED", { host, name, kind: source.kind });
    const sizes = { capacityBytes: 2 ** 39, availableBytes: 2 ** 38 };
    const pool = { name, type: source.kind, active: true, path: "path" in source ? source.path : null, ...sizes };
    return await changePools(store, hostId, (pools) => [...pools, pool]);
  },
  "switch-pool": async ({ hostId, name, active }, store) => {
    if (!active) await refuseUsed(store, hostId, name, "stop");
    return await changePools(store, hostId, (pools) => pools.map((pool) => (pool.name === name ? { ...pool, active } : pool)));
  },
  "remove-pool": async ({ hostId, name }, store) => {
    await refuseUsed(store, hostId, name, "delete");
    return await changePools(store, hostId, (pools) => pools.filter((pool) => pool.name !== name));
  },
  "create-volume": ({ volumeId }, store) =>
    makeVolume(store, volumeId, ({ pool, hostName: host }) => {
      if (pool === "nosuch") return fail("POOL_NOT_FOUND", { host, name: pool });
      const sentence = `Cannot create volume on host ${host}: libvirt answered: cannot create a file: Read-only file system`;
      return pool === "iso" ? fail("STORAGE_REFUSED", { sentence }) : null;
    }),
  "adopt-volume": ({ volumeId }, store) =>
    makeVolume(store, volumeId, ({ pool, hostName: host, volumeName: name }) => {
      const reason = "it stands on /var/lib/libvirt/images/base.qcow2; flatten it first";
      return name === "overlay.qcow2" ? fail("VOLUME_UNFIT", { name, pool, host, reason }) : null;
    }),
  "delete-volume": async ({ volumeId: id }, store) => {
    const refusals: Readonly<Record<string, FerryError>> = {
      [ids.brokenVolume]: fail("VOLUME_BUSY", { action: "delete", id, host: "compute1", user: "guest stranger" }),
      [ids.strandedVolume]: unreachable("compute2", addresses.unreachable),
    };
    const refusal = refusals[id];
    if (refusal !== undefined) await store.volumes.broke(id, refusal.message);
    if (refusal !== undefined) throw refusal;
    await store.volumes.remove(id);
    return {};
  },
  preflight: ({ requestedHostId, mode, outcome }) => {
    const candidate = { hostId: requestedHostId ?? ids.compute2, host: requestedHostId === ids.compute1 ? "compute1" : "compute2" };
    const results = [passed("server-is-active"), passed("cpu-compatible")];
    const asked = `${outcome.leave === "paused" ? " --suspend" : ""}${outcome.tunnelled ? " --tunnelled" : ""}`;
    const line = `virsh migrate --live --p2p --persistent --undefinesource${asked} lm001 qemu+ssh://root@198.18.78.12/system`;
    const virsh = mode === "live" ? line : null;
    return { candidates: [{ ...candidate, results, virsh }] } as unknown as InquiryAnswer<"preflight">;
  },
};

async function changePools(
  store: Store,
  id: HostId,
  change: (pools: readonly PoolFacts[]) => readonly PoolFacts[],
): Promise<Record<string, never>> {
  const facts = (await store.hosts.find(id))?.facts;
  if (facts != null) await store.hosts.saveFacts(id, { ...facts, pools: change(facts.pools) });
  return {};
}

/** Guests have disks in the pool iso. */
async function refuseUsed(store: Store, id: HostId, name: string, action: string): Promise<void> {
  const { name: host } = await store.hosts.address(id);
  if (name === "iso") throw fail("POOL_IN_USE", { action, host, name, user: "a disk of guest db1" });
}

async function makeVolume(store: Store, id: string, judge: (volume: VolumeRow) => FerryError | null): Promise<Record<string, never>> {
  const volume = await store.volumes.find(id);
  if (volume === null) throw fail("VOLUME_NOT_FOUND", { id });
  const refusal = judge(volume);
  if (refusal !== null) await store.volumes.remove(id);
  if (refusal !== null) throw refusal;
  const { pool, volumeName, sizeGiB } = volume;
  await store.volumes.made(id, { pool, volumeName, sizeGiB, path: `/var/lib/libvirt/images/${volumeName}`, sharedIdentity: null });
  return {};
}

function refuseUnreachable(host: string, address: string): void {
  if (address === addresses.unreachable) throw unreachable(host, address);
  if (address === addresses.refusing) throw fail("HOST_LOGIN_REFUSED", { host, user: "root", publicKey });
  if (address === addresses.changedKey) throw fail("HOST_KEY_CHANGED", { host, pinned: "SHA256:pinned", offered: "SHA256:offered" });
}

const unreachable = (host: string, address: string): FerryError =>
  fail("HOST_UNREACHABLE", { host, address, problem: "no answer within 10 s" });

/** Moves that are not live stay as they were accepted. Checks pass, except that block migration `false` finds no shared storage and no host at all is valid for a server that is locked. */
async function decide(store: Store, id: string): Promise<void> {
  const lease = await store.leases.take(migrationId(id), "double", 30_000);
  if (lease === null) return;
  const { record } = store.openMigration(lease);
  const order = await record.order();
  if (order.mode !== "live") {
    await store.leases.release(lease);
    return;
  }
  await record.setStatus("queued");
  if (order.blockMigration === false) {
    const problem = fail("CHECKS_REFUSED", { reason: "compute1 is not on shared storage" });
    await record.setStatus("error", { problem: problem.message, code: problem.code });
  } else if (order.requestedHostId === order.sourceHostId) {
    const problem = fail("NO_VALID_HOST", { reason: "There are not enough hosts available." });
    await record.setStatus("error", { problem: problem.message, code: problem.code });
  } else {
    await record.setStatus("preparing");
  }
  await store.leases.release(lease);
}
