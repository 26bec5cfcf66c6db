import type { HostFacts } from "@ferry/core";
import { GIB, reservedHostMemoryMiB } from "@ferry/core";
import type { HypervisorRow } from "@ferry/store";
import { isUp } from "./host-status.ts";
import { uptimeOf } from "./uptime.ts";

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
    ...(minor >= 88 ? { uptime: uptimeOf(host, options.now) } : resourcesView(host, minor)),
  };
}

/** Until 2.74 hosts without servers say nothing of them. */
function serversView(host: HypervisorRow, { minor, withServers }: HypervisorViewOptions): View {
  if (!withServers || (host.servers.length === 0 && minor < 75)) return {};
  return { servers: host.servers.map(({ uuid, name }) => ({ name, uuid })) };
}

/** What the hosts have and use together; those that are disabled are left out, as in Nova. */
export function statisticsView(hosts: readonly HypervisorRow[]): View {
  const counted = hosts.filter(({ enabled }) => enabled).map(amountsView);
  const sum = (name: keyof ReturnType<typeof amountsView>): number => counted.reduce((total, one) => total + (one[name] ?? 0), 0);
  const names = Object.keys(amountsView(null)) as (keyof ReturnType<typeof amountsView>)[];
  return { count: counted.length, ...Object.fromEntries(names.map((name) => [name, sum(name)])) };
}

/** A host with its uptime, as the call for it shows it. */
export const uptimeView = (host: HypervisorRow, uptime: string, options: HypervisorViewOptions): View => ({
  ...hypervisorSummary(host, { ...options, withServers: false }),
  uptime,
});

const resourcesView = (host: HypervisorRow, minor: number): View => ({ ...amountsView(host), cpu_info: cpuInfo(host.facts, minor) });

/** Used is what servers take that run or are being made, and what migrations have claimed; of memory also what the host keeps for itself. */
function amountsView(host: HypervisorRow | null) {
  const facts = host?.facts ?? null;
  const totalMiB = Math.floor((facts?.memoryTotalKiB ?? 0) / 1024);
  const usedMiB = host === null ? 0 : host.memoryUsedMiB + (facts === null ? 0 : reservedHostMemoryMiB);
  const disk = diskGiB(facts);
  return {
    vcpus: facts?.cpus ?? 0,
    vcpus_used: host?.vcpusUsed ?? 0,
    memory_mb: totalMiB,
    memory_mb_used: usedMiB,
    free_ram_mb: totalMiB - usedMiB,
    local_gb: disk.total,
    local_gb_used: disk.total - disk.free,
    free_disk_gb: disk.free,
    disk_available_least: facts === null ? null : disk.free,
    current_workload: host?.workload ?? 0,
    running_vms: host?.servers.length ?? 0,
  };
}

/** Active pools; those of one file system report the same two numbers and count once. */
export function diskGiB(facts: HostFacts | null): { total: number; free: number } {
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
