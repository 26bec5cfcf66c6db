import { randomBytes } from "node:crypto";
import type { Database, Transaction } from "./database.ts";
import { hashPassword, passwordMatches, spendPasswordCheck } from "./password.ts";

/** Nova's roles; each holds those after it. */
export const roles = ["admin", "manager", "member", "reader"] as const;
export type Role = (typeof roles)[number];

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
}

/** Any number: the one process that makes the first user holds this lock. */
const bootstrapLock = 7_310_229_048n;

/** Users, projects and roles. Ids are 32 hex digits, as Keystone's. */
export const identityRecords = (db: Database) => ({
  /**
   * Makes the first project and user, with role admin, unless they are there; their password is then left as it is. Safe when several processes call it at once.
   */
  async bootstrap(first: {
    userName: string;
    password: string;
    projectName: string;
  }): Promise<{ created: boolean; userId: string; projectId: string }> {
    const passwordHash = (await db.user.count({ where: { name: first.userName } })) > 0 ? "" : await hashPassword(first.password);
    return await db.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${bootstrapLock})`;
      const known = await tx.user.findUnique({ where: { name: first.userName } });
      const user = known ?? (await tx.user.create({ data: { id: newId(), name: first.userName, passwordHash } }));
      const project = await ensureProject(tx, first.projectName);
      await assign(tx, user.id, project.id, "admin");
      return { created: known === null, userId: user.id, projectId: project.id };
    });
  },

  /** Throws when the name is taken. */
  async addUser(name: string, password: string): Promise<User> {
    return toUser(await db.user.create({ data: { id: newId(), name, passwordHash: await hashPassword(password) } }));
  },

  /** Also ends the user's tokens. False when there is no such user. */
  async setPassword(userId: string, password: string): Promise<boolean> {
    const passwordHash = await hashPassword(password);
    const [{ count }] = await db.$transaction([
      db.user.updateMany({ where: { id: userId }, data: { passwordHash } }),
      db.token.deleteMany({ where: { userId } }),
    ]);
    return count === 1;
  },

  async setUserEnabled(userId: string, enabled: boolean): Promise<void> {
    await db.user.updateMany({ where: { id: userId }, data: { enabled } });
  },

  /** The user of that name (Keystone allows to name one by id as well) with that password; null otherwise, whatever was wrong. */
  async authenticate(who: { name: string } | { id: string }, password: string): Promise<User | null> {
    const row = await db.user.findUnique({ where: who });
    const right = row === null ? await spendPasswordCheck(password) : await passwordMatches(password, row.passwordHash);
    return right && row?.enabled ? toUser(row) : null;
  },

  /** Makes it unless there is one of that name. */
  ensureProject: (name: string, description = ""): Promise<Project> => ensureProject(db, name, description),

  async findProject(key: { id: string } | { name: string }): Promise<Project | null> {
    return await db.project.findUnique({ where: key });
  },

  async findUser(key: { id: string } | { name: string }): Promise<User | null> {
    const row = await db.user.findUnique({ where: key });
    return row && toUser(row);
  },

  assignRole: (userId: string, projectId: string, role: Role): Promise<void> => assign(db, userId, projectId, role),

  async removeRole(userId: string, projectId: string, role: Role): Promise<void> {
    await db.roleAssignment.deleteMany({ where: { userId, projectId, role } });
  },

  /** The user's roles in the project as assigned, strongest first; empty: the user has no business there. */
  async rolesOf(userId: string, projectId: string): Promise<Role[]> {
    const rows = await db.roleAssignment.findMany({ where: { userId, projectId }, select: { role: true } });
    return roles.filter((role) => rows.some((row) => row.role === role));
  },

  /** The projects the user has a role in, by name. */
  async projectsOf(userId: string): Promise<Project[]> {
    return await db.project.findMany({ where: { assignments: { some: { userId } } }, orderBy: { name: "asc" } });
  },
});

export const newId = (): string => randomBytes(16).toString("hex");

const toUser = ({ id, name, enabled }: User): User => ({ id, name, enabled });

async function ensureProject(db: Database | Transaction, name: string, description = ""): Promise<Project> {
  return await db.project.upsert({ where: { name }, create: { id: newId(), name, description }, update: {} });
}

async function assign(db: Database | Transaction, userId: string, projectId: string, role: Role): Promise<void> {
  await db.roleAssignment.createMany({ data: { userId, projectId, role }, skipDuplicates: true });
}
