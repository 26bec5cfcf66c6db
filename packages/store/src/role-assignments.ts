import type { Database } from "./database.ts";
import type { Role } from "./identity.ts";

/** A role of a user in a project. */
export interface AssignedRole {
  readonly role: Role;
  readonly user: { readonly id: string; readonly name: string };
  readonly project: { readonly id: string; readonly name: string };
}

export interface AssignmentFilter {
  readonly userId?: string;
  readonly projectId?: string;
  readonly role?: Role;
}

export const roleAssignments = (db: Database) => ({
  /** As assigned: roles that a stronger one includes are not told. */
  async list(where: AssignmentFilter): Promise<AssignedRole[]> {
    const name = { select: { id: true, name: true } };
    const rows = await db.roleAssignment.findMany({
      where,
      select: { role: true, user: name, project: name },
      orderBy: [{ projectId: "asc" }, { userId: "asc" }, { role: "asc" }],
    });
    return rows.map((row) => ({ ...row, role: row.role as Role }));
  },

  /** Ends the user's tokens for the project, and those that reach beyond projects. False, and nothing is ended, when it was not assigned. */
  async remove(userId: string, projectId: string, role: Role): Promise<boolean> {
    return await db.$transaction(async (tx) => {
      const { count } = await tx.roleAssignment.deleteMany({ where: { userId, projectId, role } });
      if (count === 0) return false;
      await tx.token.deleteMany({ where: { userId, OR: [{ projectId }, { scope: { not: null } }] } });
      return true;
    });
  },
});
