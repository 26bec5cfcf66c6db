import { createHash } from "node:crypto";
import type { HostFacts } from "@ferry/core";
import type { HypervisorRow } from "@ferry/store";
import { orNull } from "../times.ts";

type View = Record<string, unknown>;

/** A host as ferry knows it. */
export function hostView(host: HypervisorRow): View {
  return {
    id: host.id,
    number: host.number,
    name: host.name,
    address: host.address,
    port: host.port,
    user: host.user,
    host_key: host.hostKey,
    fingerprint: fingerprintOf(host.hostKey),
    uri: host.uri,
    migration_address: host.migrationAddress ?? host.address,
    network_map: host.networkMap,
    state: host.state,
    problem: host.problem,
    enabled: host.enabled,
    disabled_reason: host.disabledReason,
    forced_down: host.forcedDown,
    servers: host.servers.length,
    facts: orNull(host.facts, factsView),
    last_seen_at: orNull(host.lastSeenAt, (date) => date.toISOString()),
    created_at: host.createdAt.toISOString(),
  };
}

/** `SHA256:…` of an OpenSSH public key, as `ssh-keygen -lf` prints it. */
export function fingerprintOf(publicKey: string): string {
  const [, blob = ""] = publicKey.split(" ");
  return `SHA256:${createHash("sha256").update(Buffer.from(blob, "base64")).digest("base64").replace(/=+$/, "")}`;
}

function factsView(facts: HostFacts): View {
  return {
    hostname: facts.hostname,
    host_uuid: facts.hostUuid,
    hypervisor_type: facts.hypervisorType,
    hypervisor_version: versionText(facts.hypervisorVersion),
    libvirt_version: versionText(facts.libvirtVersion),
    arch: facts.arch,
    cpu_model: facts.cpuModel,
    cpus: facts.cpus,
    memory_total_mib: Math.floor(facts.memoryTotalKiB / 1024),
    memory_available_mib: Math.floor(facts.memoryAvailableKiB / 1024),
    pools: facts.pools.map(({ name, type, active, path, capacityBytes, availableBytes }) => ({
      ...{ name, type, active, path },
      capacity_bytes: capacityBytes,
      available_bytes: availableBytes,
    })),
    networks: facts.networks.map(({ name, active, bridge }) => ({ name, active, bridge })),
    bridges: facts.bridges,
    uptime_seconds: facts.uptimeSeconds,
  };
}

/** libvirt's integer as text: 7002000 -> `7.2.0`. */
const versionText = (version: number): string =>
  `${Math.floor(version / 1_000_000)}.${Math.floor(version / 1000) % 1000}.${version % 1000}`;
