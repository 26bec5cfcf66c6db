import type { UsagePeriod, UsedServer } from "@ferry/store";
import { naiveTime, orNull } from "../times.ts";
import { flavorName } from "./flavor.ts";

type View = Record<string, unknown>;

const hourMs = 3_600_000;

/** Pure: hours of the period in which the server was there. */
export function hoursIn(
  { launchedAt, terminatedAt }: Pick<UsedServer, "launchedAt" | "terminatedAt">,
  { start, end }: UsagePeriod,
): number {
  const from = Math.max(launchedAt.getTime(), start.getTime());
  const until = Math.min(terminatedAt?.getTime() ?? end.getTime(), end.getTime());
  return Math.max(0, until - from) / hourMs;
}

/** What the servers of one project have used in the period, each of them only when asked. */
export function tenantUsageView(servers: readonly UsedServer[], period: UsagePeriod, detailed: boolean, now: Date): View {
  const sum = (amount: (server: UsedServer) => number): number =>
    servers.reduce((total, server) => total + amount(server) * hoursIn(server, period), 0);
  return {
    tenant_id: servers[0]?.projectId,
    total_local_gb_usage: sum(({ rootGiB }) => rootGiB),
    total_vcpus_usage: sum(({ vcpus }) => vcpus),
    total_memory_mb_usage: sum(({ memoryMiB }) => memoryMiB),
    total_hours: sum(() => 1),
    start: naiveTime(period.start),
    stop: naiveTime(period.end),
    ...(detailed ? { server_usages: servers.map((server) => serverUsage(server, period, now)) } : {}),
  };
}

const serverUsage = (server: UsedServer, period: UsagePeriod, now: Date): View => ({
  instance_id: server.id,
  name: server.name,
  tenant_id: server.projectId,
  hours: hoursIn(server, period),
  flavor: server.flavorName ?? flavorName(server),
  vcpus: server.vcpus,
  memory_mb: server.memoryMiB,
  local_gb: server.rootGiB,
  started_at: naiveTime(server.launchedAt),
  ended_at: orNull(server.terminatedAt, naiveTime),
  state: server.terminatedAt === null ? server.vmState : "terminated",
  uptime: Math.floor(((server.terminatedAt ?? now).getTime() - server.launchedAt.getTime()) / 1000),
});
