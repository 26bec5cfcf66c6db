import type { CardStatistics, DiskStatistics, GuestState, GuestStatistics } from "@ferry/core";
import type { ServerRow } from "@ferry/store";

type Server = Pick<ServerRow, "launchedAt" | "configDrive">;

/** What a guest has used: below 2.48 under names that follow from libvirt's, from then on in one form for all hypervisors. */
export const diagnosticsView = (statistics: GuestStatistics, server: Server, minor: number, now: Date): object =>
  minor < 48 ? namedNumbers(statistics) : standardView(statistics, server, now);

/** libvirt's own sign for a number that is not counted. */
const uncounted = -1;

function namedNumbers({ cpuTimesNs, memoryMaximumKiB, memory, cards, disks }: GuestStatistics): Record<string, number> {
  const cpus = cpuTimesNs.map((time, index) => [`cpu${index}_time`, time ?? uncounted] as const);
  const sizes = Object.entries(memory).map(([name, kib]) => [`memory-${name}`, kib] as const);
  const known = memoryMaximumKiB === null ? [] : [["memory", memoryMaximumKiB] as const];
  return Object.fromEntries([...cpus, ...disks.flatMap(diskNumbers), ...known, ...sizes, ...cards.flatMap(cardNumbers)]);
}

const diskNumbers = ({ target, ...disk }: DiskStatistics): [string, number][] => [
  [`${target}_read_req`, disk.readRequests ?? uncounted],
  [`${target}_read`, disk.readBytes ?? uncounted],
  [`${target}_write_req`, disk.writeRequests ?? uncounted],
  [`${target}_write`, disk.writeBytes ?? uncounted],
  [`${target}_errors`, disk.errors ?? uncounted],
];

const cardNumbers = ({ name, received, sent }: CardStatistics): [string, number][] => [
  [`${name}_rx`, received.bytes ?? uncounted],
  [`${name}_rx_drop`, received.dropped ?? uncounted],
  [`${name}_rx_errors`, received.errors ?? uncounted],
  [`${name}_rx_packets`, received.packets ?? uncounted],
  [`${name}_tx`, sent.bytes ?? uncounted],
  [`${name}_tx_drop`, sent.dropped ?? uncounted],
  [`${name}_tx_errors`, sent.errors ?? uncounted],
  [`${name}_tx_packets`, sent.packets ?? uncounted],
];

const states: Readonly<Record<GuestState, string>> = {
  none: "pending",
  running: "running",
  paused: "paused",
  "shutting-down": "running",
  shutoff: "shutdown",
  crashed: "crashed",
  suspended: "suspended",
};

const mib = (kib: number | null): number | null => (kib === null ? null : Math.floor(kib / 1024));

function standardView(statistics: GuestStatistics, { launchedAt, configDrive }: Server, now: Date): object {
  const { state, hypervisor, cpuTimesNs, memoryMaximumKiB, memoryUsedKiB, cards, disks } = statistics;
  return {
    state: states[state],
    driver: "libvirt",
    hypervisor,
    hypervisor_os: null,
    uptime: launchedAt === null ? null : Math.floor((now.getTime() - launchedAt.getTime()) / 1000),
    config_drive: configDrive,
    num_cpus: cpuTimesNs.length,
    num_nics: cards.length,
    num_disks: disks.length,
    memory_details: { maximum: mib(memoryMaximumKiB), used: mib(memoryUsedKiB) },
    cpu_details: cpuTimesNs.map((time, id) => ({ id, time, utilisation: null })),
    nic_details: cards.map(cardDetails),
    disk_details: disks.map(diskDetails),
  };
}

const cardDetails = ({ mac, received, sent }: CardStatistics): object => ({
  mac_address: mac,
  rx_octets: received.bytes,
  rx_errors: received.errors,
  rx_drop: received.dropped,
  rx_packets: received.packets,
  rx_rate: null,
  tx_octets: sent.bytes,
  tx_errors: sent.errors,
  tx_drop: sent.dropped,
  tx_packets: sent.packets,
  tx_rate: null,
});

const diskDetails = (disk: DiskStatistics): object => ({
  read_bytes: disk.readBytes,
  read_requests: disk.readRequests,
  write_bytes: disk.writeBytes,
  write_requests: disk.writeRequests,
  errors_count: disk.errors,
});
