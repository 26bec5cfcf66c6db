import type { BuildCandidate, HostFacts, HostId, NetworkMap } from "@ferry/core";
import type { Database } from "./database.ts";
import { Prisma } from "./generated/client.ts";
import { zoneOfHost } from "./host-zone.ts";

/** A host with what its servers use, for the lists of hosts. */
export interface HypervisorRow {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly hostKey: string;
  readonly uri: string;
  readonly migrationAddress: string | null;
  readonly networkMap: NetworkMap;
  readonly state: "adding" | "up" | "down" | "quarantined";
  readonly problem: string | null;
  readonly enabled: boolean;
  readonly disabledReason: string | null;
  readonly forcedDown: boolean;
  readonly facts: HostFacts | null;
  readonly lastSeenAt: Date | null;
  readonly monitorUntil: Date | null;
  readonly createdAt: Date;
  /** Its availability zone. */
  readonly zone: string;
  readonly servers: readonly { readonly uuid: string; readonly name: string }[];
  readonly vcpusUsed: number;
  readonly memoryUsedMiB: number;
  /** Servers with a task at work. */
  readonly workload: number;
}

export interface HypervisorFilter {
  readonly id?: string;
  readonly number?: number;
  /** Service host name, exact. */
  readonly name?: string;
  /** Part of the hypervisor's hostname. */
  readonly hostnamePart?: string;
}

const columns = Prisma.sql`
  h.id, h.number, h.name, h.address, h.port, h."user", h.host_key AS "hostKey", h.uri, h.migration_address AS "migrationAddress",
  h.network_map AS "networkMap", h.state, h.problem, h.enabled, h.disabled_reason AS "disabledReason", h.forced_down AS "forcedDown", h.facts, h.last_seen_at AS "lastSeenAt",
  h.monitor_until AS "monitorUntil", h.created_at AS "createdAt",
  ${zoneOfHost(Prisma.sql`h.id`)} AS zone, COALESCE(u.servers, '[]'::json) AS servers, (COALESCE(u.vcpus, 0) + COALESCE(c.vcpus, 0))::int AS "vcpusUsed",
  (COALESCE(u.memory, 0) + COALESCE(c.memory, 0))::int AS "memoryUsedMiB", COALESCE(u.workload, 0)::int AS workload`;

/** Servers that take memory and processors: those that run, are paused, or are being made. */
const holds = Prisma.sql`s.power_state IN (1, 3) OR s.vm_state = 'building'`;

/** What migrations hold on the host for servers that are not there yet. */
const claimed = Prisma.sql`
  SELECT sum(k.vcpus) AS vcpus, sum(k.memory_mib) AS memory
  FROM claims k JOIN migrations m ON m.id = k.migration_id JOIN servers s ON s.id = m.server_id
  WHERE k.host_id = h.id AND s.host_id IS DISTINCT FROM h.id`;

const usage = Prisma.sql`
  SELECT json_agg(json_build_object('uuid', s.id, 'name', s.instance_name) ORDER BY s.name, s.id) AS servers,
    sum(s.vcpus) FILTER (WHERE ${holds}) AS vcpus, sum(s.memory_mib) FILTER (WHERE ${holds}) AS memory, count(s.task_state) AS workload
  FROM servers s WHERE s.host_id = h.id AND s.vm_state <> 'deleted'`;

export const hypervisorLists = (db: Database) => ({
  /** All hosts as a new server may be put on them, by name. */
  async buildCandidates(): Promise<(BuildCandidate & { readonly id: HostId; readonly zone: string })[]> {
    return await db.$queryRaw`
      SELECT h.id, h.name, h.state, h.enabled, h.forced_down AS "forcedDown", h.facts, ${zoneOfHost(Prisma.sql`h.id`)} AS zone,
        (coalesce((SELECT sum(c.memory_mib) FROM claims c WHERE c.host_id = h.id), 0)
          + coalesce((SELECT sum(s.memory_mib) FROM servers s WHERE s.host_id = h.id AND s.vm_state = 'building'), 0))::int AS "claimedMiB"
      FROM hosts h ORDER BY h.name`;
  },

  /** Hosts in order of their numbers, in one query; `afterNumber` and `limit` make pages. */
  async page(filter: HypervisorFilter, page: { limit: number; afterNumber?: number }): Promise<HypervisorRow[]> {
    const where = Prisma.join(conditions(filter, page.afterNumber), " AND ");
    return await db.$queryRaw<HypervisorRow[]>`
      SELECT ${columns} FROM hosts h LEFT JOIN LATERAL (${usage}) u ON TRUE LEFT JOIN LATERAL (${claimed}) c ON TRUE WHERE ${where} ORDER BY h.number LIMIT ${page.limit}`;
  },
});

function conditions(filter: HypervisorFilter, afterNumber: number | undefined): Prisma.Sql[] {
  const all: (Prisma.Sql | false)[] = [
    Prisma.sql`TRUE`,
    filter.id !== undefined && Prisma.sql`h.id = ${filter.id}::uuid`,
    filter.number !== undefined && Prisma.sql`h.number = ${filter.number}`,
    filter.name !== undefined && Prisma.sql`h.name = ${filter.name}`,
    filter.hostnamePart !== undefined &&
      Prisma.sql`position(lower(${filter.hostnamePart}) in lower(COALESCE(h.facts->>'hostname', h.name))) > 0`,
    afterNumber !== undefined && Prisma.sql`h.number > ${afterNumber}`,
  ];
  return all.filter((condition) => condition !== false);
}
