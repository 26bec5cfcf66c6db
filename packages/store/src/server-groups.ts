import { randomUUID } from "node:crypto";
import { fail, type GroupPolicy, type GroupRule, type MembersByHost } from "@ferry/core";
import type { Database } from "./database.ts";
import type { Prisma } from "./generated/client.ts";
import { membersByHost } from "./group-situation.ts";
import { keepCount } from "./quotas.ts";

export interface NewServerGroup extends GroupRule {
  readonly projectId: string;
  readonly userId: string;
  readonly name: string;
}

export interface StoredServerGroup extends NewServerGroup {
  readonly id: string;
  /** Ids of its servers that are not deleted. */
  readonly members: readonly string[];
}

/** Whose groups to list; null: everybody's. */
export type ServerGroupScope = string | null;

const living = {
  members: { where: { server: { vmState: { not: "deleted" } } }, select: { serverId: true }, orderBy: { server: { createdAt: "asc" } } },
} satisfies Prisma.ServerGroupInclude;

export const serverGroupRecords = (db: Database) => ({
  /** In the order in which they were made. */
  async page(scope: ServerGroupScope, { limit, offset }: { limit: number; offset: number }): Promise<StoredServerGroup[]> {
    const where = scope === null ? {} : { projectId: scope };
    const orderBy = [{ createdAt: "asc" }, { id: "asc" }] satisfies Prisma.ServerGroupOrderByWithRelationInput[];
    const rows = await db.serverGroup.findMany({ where, include: living, orderBy, take: limit, skip: offset });
    return rows.map(toGroup);
  },

  /** Null when there is none of that id. */
  async find(id: string): Promise<StoredServerGroup | null> {
    const row = await db.serverGroup.findUnique({ where: { id }, include: living });
    return row && toGroup(row);
  },

  /** Throws QUOTA_USED_UP when the project has as many as it may have. */
  async add(group: NewServerGroup): Promise<StoredServerGroup> {
    const { projectId } = group;
    return await db.$transaction(async (tx) => {
      await keepCount(tx, projectId, "server_groups", { whose: projectId, count: () => tx.serverGroup.count({ where: { projectId } }) });
      return toGroup(await tx.serverGroup.create({ data: { id: randomUUID(), ...group }, include: living }));
    });
  },

  /** Where its living members are, or are going: host id -> how many. */
  membersByHost: (id: string): Promise<MembersByHost> => membersByHost(db, id),

  /** Ids of the hosts on which servers of these ids are. */
  async hostsOfServers(ids: readonly string[]): Promise<string[]> {
    const where = { id: { in: [...ids] }, vmState: { not: "deleted" }, hostId: { not: null } };
    const rows = await db.server.findMany({ where, select: { hostId: true }, distinct: ["hostId"] });
    return rows.flatMap(({ hostId }) => hostId ?? []);
  },

  /** Its members stay as they are, in no group. Throws SERVER_GROUP_NOT_FOUND. */
  async remove(id: string): Promise<void> {
    const { count } = await db.serverGroup.deleteMany({ where: { id } });
    if (count === 0) throw fail("SERVER_GROUP_NOT_FOUND", { id });
  },
});

type GroupRow = Prisma.ServerGroupGetPayload<{ include: typeof living }>;

const toGroup = ({ createdAt, members, policy, ...row }: GroupRow): StoredServerGroup => ({
  ...row,
  policy: policy as GroupPolicy,
  members: members.map(({ serverId }) => serverId),
});
