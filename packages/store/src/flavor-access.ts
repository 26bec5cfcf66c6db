import { fail } from "@ferry/core";
import type { Database } from "./database.ts";
import { isForeignKeyViolation, isUniqueViolation } from "./prisma-error.ts";

/** Which projects may use flavors that are not public. */
export const flavorAccess = (db: Database) => ({
  /** Ids of the projects, in order. */
  async projectsOf(id: string): Promise<string[]> {
    const rows = await db.flavorAccess.findMany({ where: { flavorId: id }, orderBy: { projectId: "asc" } });
    return rows.map(({ projectId }) => projectId);
  },

  /** Throws FLAVOR_ACCESS_EXISTS, FLAVOR_NOT_FOUND. */
  async allowProject(id: string, project: string): Promise<void> {
    try {
      await db.flavorAccess.create({ data: { flavorId: id, projectId: project } });
    } catch (error) {
      if (isUniqueViolation(error)) throw fail("FLAVOR_ACCESS_EXISTS", { id, project }, error);
      if (isForeignKeyViolation(error)) throw fail("FLAVOR_NOT_FOUND", { id }, error);
      throw error;
    }
  },

  /** Throws FLAVOR_ACCESS_NOT_FOUND. */
  async disallowProject(id: string, project: string): Promise<void> {
    const { count } = await db.flavorAccess.deleteMany({ where: { flavorId: id, projectId: project } });
    if (count === 0) throw fail("FLAVOR_ACCESS_NOT_FOUND", { id, project });
  },
});
