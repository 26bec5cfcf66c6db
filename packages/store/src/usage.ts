import type { Database } from "./database.ts";
import { Prisma } from "./generated/client.ts";

/** A server as far as it is counted for a time. */
export interface UsedServer {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly flavorName: string | null;
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly rootGiB: number;
  readonly vmState: string;
  readonly launchedAt: Date;
  readonly terminatedAt: Date | null;
}

export interface UsagePeriod {
  readonly start: Date;
  readonly end: Date;
  /** null: all projects. */
  readonly projectId: string | null;
}

export const usageRecords = (db: Database) => ({
  /** Servers that were there at some moment of the period, deleted ones included, in the order of their ids; `marker` is the last one of the page before. */
  async page({ start, end, projectId }: UsagePeriod, page: { readonly limit: number; readonly marker?: string }): Promise<UsedServer[]> {
    const ofProject = projectId === null ? Prisma.empty : Prisma.sql`AND s.project_id = ${projectId}`;
    const after = page.marker === undefined ? Prisma.empty : Prisma.sql`AND s.id > ${page.marker}::uuid`;
    return await db.$queryRaw<UsedServer[]>`
      SELECT s.id, s.name, s.project_id AS "projectId", s.flavor->>'name' AS "flavorName", s.vcpus, s.memory_mib AS "memoryMiB", s.root_gib AS "rootGiB",
        s.vm_state AS "vmState", s.launched_at AS "launchedAt", s.terminated_at AS "terminatedAt"
      FROM servers s
      WHERE s.launched_at < ${end} AND (s.terminated_at IS NULL OR s.terminated_at > ${start}) ${ofProject} ${after}
      ORDER BY s.id LIMIT ${page.limit}`;
  },

  /** What the servers of each project take on the host, switched off or not. */
  async ofHost(hostId: string): Promise<{ projectId: string; vcpus: number; memoryMiB: number; rootGiB: number }[]> {
    return await db.$queryRaw`
      SELECT project_id AS "projectId", sum(vcpus)::int AS vcpus, sum(memory_mib)::int AS "memoryMiB", sum(root_gib)::int AS "rootGiB"
      FROM servers WHERE host_id = ${hostId}::uuid AND vm_state <> 'deleted' GROUP BY project_id ORDER BY project_id`;
  },
});
