import { internalZone, reservedHostMemoryMiB } from "@ferry/core";
import type { HypervisorRow, OwnServiceRow } from "@ferry/store";
import { diskGiB } from "./hypervisor.ts";

type View = Record<string, unknown>;

/** What the servers of one project take on a host. */
export interface ProjectShare {
  readonly projectId: string;
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly rootGiB: number;
}

/** Nova's former list of hosts: one entry for each service. */
export const computeHosts = (hosts: readonly HypervisorRow[], own: readonly OwnServiceRow[]): View[] => [
  ...own.map(({ host, binary }) => ({ host_name: host, service: binary.replace("nova-", ""), zone: internalZone })),
  ...hosts.map(({ name, zone }) => ({ host_name: name, service: "compute", zone })),
];

/** What the host has, what is taken now, what all its servers would take, and what each project's do. */
export function computeHostView(host: HypervisorRow, shares: readonly ProjectShare[]): View[] {
  const disk = diskGiB(host.facts);
  const sum = (amount: (share: ProjectShare) => number): number => shares.reduce((total, share) => total + amount(share), 0);
  const row = (project: string, cpu: number, memoryMiB: number, diskSize: number): View => ({
    resource: { host: host.name, project, cpu, memory_mb: memoryMiB, disk_gb: diskSize },
  });
  return [
    row("(total)", host.facts?.cpus ?? 0, Math.floor((host.facts?.memoryTotalKiB ?? 0) / 1024), disk.total),
    row("(used_now)", host.vcpusUsed, host.memoryUsedMiB + reservedHostMemoryMiB, disk.total - disk.free),
    row(
      "(used_max)",
      sum(({ vcpus }) => vcpus),
      sum(({ memoryMiB }) => memoryMiB),
      sum(({ rootGiB }) => rootGiB),
    ),
    ...shares.map((share) => row(share.projectId, share.vcpus, share.memoryMiB, share.rootGiB)),
  ];
}
