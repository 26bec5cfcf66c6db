import type { HostFacts } from "@ferry/core";
import { GIB } from "@ferry/core";
import type { HypervisorRow } from "@ferry/store";
import { isUp } from "./host-status.ts";

export interface HypervisorViewOptions {
  readonly minor: number;
  /** Whether the caller asked for the servers of each host. */
  readonly withServers: boolean;
  readonly now: Date;
}

type View = Record<string, unknown>;

/** A number below 2.53, a uuid from then on. */
export const idOf = (host: HypervisorRow, minor: number): string | number => (minor < 53 ? host.number : host.id);

/** The short form of the list. */
export function hypervisorSummary(host: HypervisorRow, options: HypervisorViewOptions): View {
  return {
    id: idOf(host, options.minor),
    hypervisor_hostname: host.facts?.hostname ?? host.name,
    state: isUp(host, options.now) ? "up" : "down",
    status: host.enabled ? "enabled" : "disabled",
    ...serversView(host, options),
  };
}

/** The full form. Sizes and CPU are gone from 2.88 on. */
export function hypervisorView(host: HypervisorRow, options: HypervisorViewOptions): View {
  const { minor } = options;
  return {
    ...hypervisorSummary(host, options),
    hypervisor_type: host.facts?.hypervisorType ?? "",
    hypervisor_version: host.facts?.hypervisorVersion ?? 0,
    host_ip: host.address,
    service: { id: idOf(host, minor), host: host.name, disabled_reason: host.disabledReason },
    ...(minor >= 88 ? { uptime: uptimeText(host.facts?.uptimeSeconds ?? null, options.now) } : resourcesView(host, minor)),
  };
}

/** Until 2.74 hosts without servers say nothing of them. */
function serversView(host: HypervisorRow, { minor, withServers }: HypervisorViewOptions): View {
  if (!withServers || (host.servers.length === 0 && minor < 75)) return {};
  return { servers: host.servers.map(({ uuid, name }) => ({ name, uuid })) };
}

function resourcesView(host: HypervisorRow, minor: number): View {
  const totalMiB = Math.floor((host.facts?.memoryTotalKiB ?? 0) / 1024);
  const freeMiB = Math.floor((host.facts?.memoryAvailableKiB ?? 0) / 1024);
  const disk = diskGiB(host.facts);
  return {
    vcpus: host.facts?.cpus ?? 0,
    vcpus_used: host.vcpusUsed,
    memory_mb: totalMiB,
    memory_mb_used: totalMiB - freeMiB,
    free_ram_mb: freeMiB,
    local_gb: disk.total,
    local_gb_used: disk.total - disk.free,
    free_disk_gb: disk.free,
    disk_available_least: host.facts === null ? null : disk.free,
    current_workload: host.workload,
    running_vms: host.servers.length,
    cpu_info: cpuInfo(host.facts, minor),
  };
}

/** Active pools; those of one file system report the same two numbers and count once. */
function diskGiB(facts: HostFacts | null): { total: number; free: number } {
  const seen = new Map<string, { total: number; free: number }>();
  for (const pool of facts?.pools ?? []) {
    const sizes = { total: Math.floor(pool.capacityBytes / GIB), free: Math.floor(pool.availableBytes / GIB) };
    if (pool.active) seen.set(`${pool.capacityBytes} ${pool.availableBytes}`, sizes);
  }
  return [...seen.values()].reduce((sum, pool) => ({ total: sum.total + pool.total, free: sum.free + pool.free }), { total: 0, free: 0 });
}

/** JSON text below 2.28, an object from then on. */
function cpuInfo(facts: HostFacts | null, minor: number): object | string {
  if (facts === null && minor < 28) return "";
  const info = {
    arch: facts?.arch ?? "",
    model: facts?.cpuModel ?? "",
    vendor: facts?.cpuVendor ?? "",
    features: facts?.cpuFeatures ?? [],
    topology: {
      cores: facts?.cpuTopology.cores ?? 0,
      threads: facts?.cpuTopology.threads ?? 0,
      sockets: facts?.cpuTopology.sockets ?? 0,
    },
  };
  return minor < 28 ? JSON.stringify(info) : info;
}

/** The form that clients take apart: ` 10:00:00 up 3 days,  4:05,  1 user,  load average: 0.1, 0.1, 0.1`. ferry knows no users and no load. */
export function uptimeText(seconds: number | null, now: Date): string | null {
  if (seconds === null) return null;
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = String(Math.floor((seconds % 3600) / 60)).padStart(2, "0");
  return ` ${now.toISOString().slice(11, 19)} up ${days} days, ${hours}:${minutes},  0 users,  load average: 0, 0, 0`;
}
