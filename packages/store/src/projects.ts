import { fail } from "@ferry/core";
import type { Database } from "./database.ts";
import { newId, type Project } from "./identity.ts";
import { isUniqueViolation } from "./prisma-error.ts";

/** What may be said of a project; what is missing stays, or gets its default. */
export interface ProjectChange {
  readonly name?: string;
  readonly description?: string;
  readonly enabled?: boolean;
}

export const projectRecords = (db: Database) => ({
  /** By name. */
  async list(filter: { readonly name?: string; readonly enabled?: boolean; readonly userId?: string } = {}): Promise<Project[]> {
    const { userId, ...where } = filter;
    const ofUser = userId === undefined ? {} : { assignments: { some: { userId } } };
    return await db.project.findMany({ where: { ...where, ...ofUser }, orderBy: { name: "asc" } });
  },

  /** Throws IDENTITY_EXISTS. */
  async add(project: ProjectChange & { readonly name: string }): Promise<Project> {
    return await db.project.create({ data: { id: newId(), ...project } }).catch((error: unknown) => {
      throw isUniqueViolation(error) ? fail("IDENTITY_EXISTS", { kind: "project", name: project.name }) : error;
    });
  },

  /** Tokens for a project that is disabled are no good from now on. Null when there is none of that id. Throws IDENTITY_EXISTS. */
  async change(id: string, change: ProjectChange): Promise<Project | null> {
    const { count } = await db.project.updateMany({ where: { id }, data: { ...change } }).catch((error: unknown) => {
      throw isUniqueViolation(error) ? fail("IDENTITY_EXISTS", { kind: "project", name: change.name ?? "" }) : error;
    });
    if (count === 0) return null;
    if (change.enabled === false) await db.token.deleteMany({ where: { projectId: id } });
    return await db.project.findUnique({ where: { id } });
  },

  /** False when there is none of that id. Throws IDENTITY_IN_USE while it owns servers, volumes or images. */
  async remove(id: string): Promise<boolean> {
    const removed = await db.$executeRaw`
      DELETE FROM projects WHERE id = ${id}
        AND NOT EXISTS (SELECT FROM servers WHERE project_id = ${id} AND vm_state <> 'deleted')
        AND NOT EXISTS (SELECT FROM volumes WHERE project_id = ${id})
        AND NOT EXISTS (SELECT FROM images WHERE project_id = ${id})`;
    if (removed > 0) return true;
    if ((await db.project.count({ where: { id } })) === 0) return false;
    throw fail("IDENTITY_IN_USE", { kind: "project", id, things: "servers, volumes or images" });
  },
});
