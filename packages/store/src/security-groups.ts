import { randomUUID } from "node:crypto";
import { defaultGroupName, fail, type StoredSecurityGroup, type StoredSecurityGroupRule } from "@ferry/core";
import type { Database, Transaction } from "./database.ts";
import { withEvents } from "./events.ts";
import { touchMembers } from "./firewall-changes.ts";
import type { Prisma } from "./generated/client.ts";
import { isUniqueViolation } from "./prisma-error.ts";

export type NewSecurityGroupRule = Omit<StoredSecurityGroupRule, "id" | "remoteGroup">;

const remoteGroup = { select: { name: true, projectId: true } } satisfies Prisma.SecurityGroupDefaultArgs;
const withRules = {
  rules: { include: { remoteGroup }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] },
} satisfies Prisma.SecurityGroupInclude;
const orderBy = [{ name: "asc" }, { id: "asc" }] satisfies Prisma.SecurityGroupOrderByWithRelationInput[];

export const securityGroupRecords = (db: Database) => ({
  /** Groups of a project (null: of all), by name, with their rules. */
  async page(projectId: string | null, { limit, offset }: { limit: number; offset: number }): Promise<StoredSecurityGroup[]> {
    const where = projectId === null ? {} : { projectId };
    const rows = await db.securityGroup.findMany({ where, include: withRules, orderBy, take: limit, skip: offset });
    return rows.map(toGroup);
  },

  /** Null when there is none of that id. */
  async find(id: string): Promise<StoredSecurityGroup | null> {
    const row = await db.securityGroup.findUnique({ where: { id }, include: withRules });
    return row && toGroup(row);
  },

  /** Null when the project has none of that name. */
  async findByName(projectId: string, name: string): Promise<StoredSecurityGroup | null> {
    const row = await db.securityGroup.findUnique({ where: { projectId_name: { projectId, name } }, include: withRules });
    return row && toGroup(row);
  },

  /** The groups that the server is in, by name. */
  async ofServer(serverId: string): Promise<StoredSecurityGroup[]> {
    const where = { members: { some: { serverId } } };
    return (await db.securityGroup.findMany({ where, include: withRules, orderBy })).map(toGroup);
  },

  /** Makes the project's group `default`, which lets its own members in, unless it is there. */
  async ensureDefault(projectId: string): Promise<void> {
    if ((await db.securityGroup.count({ where: { projectId, name: defaultGroupName } })) > 0) return;
    try {
      await db.$transaction(async (tx) => {
        const id = randomUUID();
        await tx.securityGroup.create({ data: { id, projectId, name: defaultGroupName, description: "Default security group" } });
        await tx.securityGroupRule.create({ data: { id: randomUUID(), groupId: id, remoteGroupId: id } });
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  },

  /** Throws SECURITY_GROUP_EXISTS when the project has a group of that name. */
  async create(group: { projectId: string; name: string; description: string }): Promise<StoredSecurityGroup> {
    return await unlessTaken(group.name, async () =>
      toGroup(await db.securityGroup.create({ data: { id: randomUUID(), ...group }, include: withRules })),
    );
  },

  /** Throws SECURITY_GROUP_EXISTS. */
  async update(id: string, change: { name: string; description: string }): Promise<StoredSecurityGroup> {
    return await unlessTaken(change.name, async () =>
      toGroup(await db.securityGroup.update({ where: { id }, data: change, include: withRules })),
    );
  },

  /** Deletes the group with its rules, and the rules that let its members in. Throws SECURITY_GROUP_IN_USE while a server is in it. */
  async remove(id: string): Promise<void> {
    await db.$transaction(async (tx) => {
      await lockGroup(tx, id);
      const member = await tx.securityGroupMember.findFirst({ where: { groupId: id, server: { vmState: { not: "deleted" } } } });
      if (member !== null) throw fail("SECURITY_GROUP_IN_USE", { id, server: member.serverId });
      await tx.securityGroupMember.deleteMany({ where: { groupId: id } });
      await tx.securityGroup.delete({ where: { id } });
    });
  },

  /** Throws SECURITY_GROUP_RULE_EXISTS, and SECURITY_GROUP_NOT_FOUND when the group has gone meanwhile. The group's members have to be looked at. */
  async addRule(rule: NewSecurityGroupRule): Promise<StoredSecurityGroupRule> {
    return await withEvents(db, async (tx, tell) => {
      await lockGroup(tx, rule.groupId);
      if (rule.remoteGroupId !== null) await keepGroup(tx, rule.remoteGroupId);
      const { groupId, protocol, fromPort, toPort, cidr, remoteGroupId } = rule;
      const content = { groupId, protocol, fromPort, toPort, cidr, remoteGroupId };
      if ((await tx.securityGroupRule.count({ where: content })) > 0) throw fail("SECURITY_GROUP_RULE_EXISTS", { group: groupId });
      const row = await tx.securityGroupRule.create({ data: { id: randomUUID(), ...content }, include: { remoteGroup } });
      await touchMembers(tx, tell, groupId);
      return toRule(row);
    });
  },

  /** The rule and the project of its group; null when there is none of that id. */
  async findRule(id: string): Promise<{ readonly projectId: string } | null> {
    const row = await db.securityGroupRule.findUnique({ where: { id }, select: { group: { select: { projectId: true } } } });
    return row?.group ?? null;
  },

  /** Throws SECURITY_GROUP_RULE_NOT_FOUND when it has gone already. */
  async removeRule(id: string): Promise<void> {
    await withEvents(db, async (tx, tell) => {
      const [row] = await tx.$queryRaw<{ groupId: string }[]>`
        DELETE FROM security_group_rules WHERE id = ${id}::uuid RETURNING group_id AS "groupId"`;
      if (row === undefined) throw fail("SECURITY_GROUP_RULE_NOT_FOUND", { id });
      await touchMembers(tx, tell, row.groupId);
    });
  },
});

/** Two changes of one group at once: the second waits, and sees what the first has written. */
async function lockGroup(tx: Transaction, id: string): Promise<void> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM security_groups WHERE id = ${id}::uuid FOR UPDATE`;
  if (rows.length === 0) throw fail("SECURITY_GROUP_NOT_FOUND", { id });
}

/** Keeps the group from being deleted until the transaction ends. Throws SECURITY_GROUP_NOT_FOUND. */
export async function keepGroup(tx: Transaction, id: string): Promise<void> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM security_groups WHERE id = ${id}::uuid FOR KEY SHARE`;
  if (rows.length === 0) throw fail("SECURITY_GROUP_NOT_FOUND", { id });
}

async function unlessTaken<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error)) throw fail("SECURITY_GROUP_EXISTS", { name }, error);
    throw error;
  }
}

type RuleRow = Omit<StoredSecurityGroupRule, "protocol"> & { readonly protocol: string | null };
type GroupRow = Omit<StoredSecurityGroup, "rules"> & { readonly rules: readonly RuleRow[] };

const toRule = ({ id, groupId, protocol, fromPort, toPort, cidr, remoteGroupId, remoteGroup }: RuleRow): StoredSecurityGroupRule => ({
  id,
  groupId,
  protocol: protocol as StoredSecurityGroupRule["protocol"],
  fromPort,
  toPort,
  cidr,
  remoteGroupId,
  remoteGroup,
});

const toGroup = ({ id, projectId, name, description, rules }: GroupRow): StoredSecurityGroup => ({
  id,
  projectId,
  name,
  description,
  rules: rules.map(toRule),
});
