import {
  defaultQuotas,
  fail,
  type QuotaLimits,
  type QuotaResource,
  quotaAllows,
  quotaExcess,
  quotaResources,
  type ServerAmounts,
} from "@ferry/core";
import type { Database, Transaction } from "./database.ts";

/** What a project has now. */
export interface QuotaUsage extends ServerAmounts {
  readonly serverGroups: number;
  readonly securityGroups: number;
}

/** Whose limits: those of one project, or those of all projects that have none of their own. */
export type QuotaOwner = { readonly scope: "project"; readonly owner: string } | { readonly scope: "class"; readonly owner: "default" };

export const ofProject = (owner: string): QuotaOwner => ({ scope: "project", owner });
export const ofAllProjects: QuotaOwner = { scope: "class", owner: "default" };

export const quotaRecords = (db: Database) => ({
  /** The limits that hold for the project. */
  limits: (projectId: string): Promise<QuotaLimits> => limitsOf(db, ofProject(projectId)),

  /** The limits of projects that have none of their own. */
  defaults: (): Promise<QuotaLimits> => limitsOf(db, ofAllProjects),

  /** What is in use, in one query. */
  async usage(projectId: string): Promise<QuotaUsage> {
    const [row] = await db.$queryRaw<Omit<QuotaUsage, keyof ServerAmounts>[]>`
      SELECT (SELECT count(*) FROM security_groups WHERE project_id = ${projectId})::int AS "securityGroups",
        (SELECT count(*) FROM server_groups WHERE project_id = ${projectId})::int AS "serverGroups"`;
    return { ...(await usedBy(db, projectId)), securityGroups: row?.securityGroups ?? 0, serverGroups: row?.serverGroups ?? 0 };
  },

  /**
   * Sets limits, all or none. Without `force` a limit of a project may not be below what it uses: throws QUOTA_BELOW_USE. Servers that are being accepted
   * meanwhile wait for it.
   */
  async set({ scope, owner }: QuotaOwner, limits: Partial<QuotaLimits>, force: boolean): Promise<void> {
    await db.$transaction(async (tx) => {
      if (scope === "project") await lockProject(tx, owner);
      if (scope === "project" && !force) refuseBelowUse(limits, await usedBy(tx, owner));
      for (const [resource, hardLimit] of Object.entries(limits)) {
        const key = { scope, owner, resource };
        await tx.quota.upsert({ where: { scope_owner_resource: key }, create: { ...key, hardLimit }, update: { hardLimit } });
      }
    });
  },

  /** The project has the defaults again. */
  async reset(projectId: string): Promise<void> {
    await db.quota.deleteMany({ where: { scope: "project", owner: projectId } });
  },

  /** Whether there is, or was, something of a project of that id. */
  async knowsProject(id: string): Promise<boolean> {
    const [row] = await db.$queryRaw<{ known: boolean }[]>`
      SELECT EXISTS (SELECT 1 FROM projects WHERE id = ${id}) OR EXISTS (SELECT 1 FROM servers WHERE project_id = ${id}) AS known`;
    return row?.known === true;
  },
});

/**
 * Refuses what would take the project over its limits: throws QUOTA_EXCEEDED. To be called inside the transaction that accepts a new server or a
 * larger size, before it writes; `asked` is what is added. Until the transaction has ended, others of that project wait.
 */
export async function keepQuota(tx: Transaction, projectId: string, asked: ServerAmounts): Promise<void> {
  const limits = await limitsOf(tx, ofProject(projectId));
  if (limits.instances < 0 && limits.cores < 0 && limits.ram < 0) return;
  await lockProject(tx, projectId);
  const excess = quotaExcess(await limitsOf(tx, ofProject(projectId)), await usedBy(tx, projectId), asked);
  if (excess !== null) throw fail("QUOTA_EXCEEDED", { ...excess });
}

/** What is counted one by one, and what Nova calls more of it than there may be. */
const counted = { key_pairs: "key pairs", server_groups: "server groups", server_group_members: "servers in group" } as const;

/**
 * Refuses one more of something: throws QUOTA_USED_UP. To be called inside the transaction that adds it, before it writes; `whose` is what the
 * quota counts for (a user, a project, a group), and others who add to it wait. The limit is that of the project.
 */
export async function keepCount(
  tx: Transaction,
  projectId: string,
  resource: keyof typeof counted,
  { whose, count }: { readonly whose: string; readonly count: () => Promise<number> },
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`quota/${resource}/${whose}`}))`;
  const { [resource]: limit } = await limitsOf(tx, ofProject(projectId));
  if (!quotaAllows(limit, await count())) throw fail("QUOTA_USED_UP", { what: counted[resource] });
}

/** The limits that hold, inside a transaction or outside: what was set for the project, else for all, else what ferry begins with. */
export async function limitsOf(db: Database | Transaction, { scope, owner }: QuotaOwner): Promise<QuotaLimits> {
  const mine = scope === "project" ? [{ scope, owner }] : [];
  const rows = await db.quota.findMany({ where: { OR: [{ scope: ofAllProjects.scope, owner: ofAllProjects.owner }, ...mine] } });
  const set = rows.toSorted((a, b) => a.scope.localeCompare(b.scope)).map(({ resource, hardLimit }) => [resource, hardLimit]);
  return { ...defaultQuotas, ...(Object.fromEntries(set) as Partial<QuotaLimits>) };
}

const lockProject = (tx: Transaction, projectId: string): Promise<number> =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`quota/${projectId}`}))`;

async function usedBy(db: Database | Transaction, projectId: string): Promise<ServerAmounts> {
  const [row] = await db.$queryRaw<ServerAmounts[]>`
    SELECT count(*)::int AS instances, coalesce(sum(vcpus), 0)::int AS cores, coalesce(sum(memory_mib), 0)::int AS ram
    FROM servers WHERE project_id = ${projectId} AND vm_state <> 'deleted'`;
  return row ?? { instances: 0, cores: 0, ram: 0 };
}

function refuseBelowUse(limits: Partial<QuotaLimits>, used: ServerAmounts): void {
  const isUsed = (resource: QuotaResource): resource is keyof ServerAmounts => resource in used;
  for (const resource of quotaResources.filter(isUsed)) {
    const limit = limits[resource];
    if (limit !== undefined && limit >= 0 && limit < used[resource])
      throw fail("QUOTA_BELOW_USE", { resource, limit, used: used[resource] });
  }
}
